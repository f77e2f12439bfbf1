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

/** What was created of several objects, in that order, and what could not be. */
export interface CreatedObjects {
  readonly created: readonly UnmanagedObject[];
  readonly left: readonly UnmanagedObject[];
}

/** Creates objects that may need one another in any order: whatever fails is tried again as long as something succeeds. */
export async function createObjects(
  connection: Connection,
  objects: readonly UnmanagedObject[],
): Promise<CreatedObjects> {
  const created: UnmanagedObject[] = [];
  let left = objects;
  for (let size = -1; size !== left.length;) {
    size = left.length;
    const failed: UnmanagedObject[] = [];
    for (const object of left) ((await canCreate(connection, object)) ? created : failed).push(object);
    left = failed;
  }
  return { created, left };
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
  const { left: late } = await createObjects(connection, defined);
  await buildSchemaOn(connection, dialect, schema);
  return (await createObjects(connection, late)).left;
}
