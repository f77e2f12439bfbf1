import { diffSchema } from "../diff/diff-schema.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { dispatchOperation } from "../ops/operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import type { Connection } from "./connection.ts";
import type { Dialect, Introspection, UnmanagedObject } from "./dialect.ts";

/**
 * Creates every object of a schema in an empty database.
 *
 * @throws ProofError (scratchRefuses) when that database cannot hold one of them
 */
export async function buildSchemaOn(connection: Connection, dialect: Dialect, schema: Schema): Promise<void> {
  let before = EMPTY_SCHEMA;
  for (const operation of diffSchema(EMPTY_SCHEMA, schema, dialect.diffRules)) {
    const after = applyOperation(operation, before);
    const context = { before, after, serverVersion: connection.serverVersion };
    for (const statement of dispatchOperation(dialect.compile, operation, context)) {
      await connection.execute(statement.sql, statement.parameters).catch((error: unknown) => {
        if (error instanceof LimbeckError) throw error;
        const message = dialect.describeDatabaseError(error);
        throw proofErrors.scratchRefuses({ change: describeOperation(operation), message }, error);
      });
    }
    before = after;
  }
}

async function canCreate(connection: Connection, { definition }: UnmanagedObject): Promise<boolean> {
  try {
    await connection.execute(definition ?? "");
    return true;
  } catch {
    // Whatever it lacks, a module or a function of another program for example, is not to be had here.
    return false;
  }
}

/** They may need one another in any order, so whatever fails is tried again as long as something succeeds. @returns what still fails */
async function createAll(
  connection: Connection,
  objects: readonly UnmanagedObject[],
): Promise<readonly UnmanagedObject[]> {
  let pending = objects;
  for (let size = -1; size !== pending.length;) {
    size = pending.length;
    const failed: UnmanagedObject[] = [];
    for (const object of pending) if (!(await canCreate(connection, object))) failed.push(object);
    pending = failed;
  }
  return pending;
}

/**
 * Creates everything that an introspection found in an empty database, with what no operation can say in its own words. Of that, what can be there before
 * the tables is there before them: a column may be of a type, and a default call a function, that nothing else creates.
 *
 * @returns what cannot be created there
 */
export async function buildDatabaseOn(
  connection: Connection,
  dialect: Dialect,
  { schema, unmanaged }: Introspection,
): Promise<readonly UnmanagedObject[]> {
  const defined = unmanaged.filter(({ definition }) => definition !== undefined);
  const late = await createAll(connection, defined);
  await buildSchemaOn(connection, dialect, schema);
  return createAll(connection, late);
}
