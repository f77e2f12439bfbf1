import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import { dispatchOperation } from "../ops/operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";

/** Creates every object of a schema in an empty database. */
export async function buildSchemaOn(connection: Connection, dialect: Dialect, schema: Schema): Promise<void> {
  let before = EMPTY_SCHEMA;
  for (const operation of diffSchema(EMPTY_SCHEMA, schema, dialect.diffRules)) {
    const after = applyOperation(operation, before);
    const context = { before, after, serverVersion: connection.serverVersion };
    for (const statement of dispatchOperation(dialect.compile, operation, context)) {
      await connection.execute(statement.sql, statement.parameters);
    }
    before = after;
  }
}

/** Runs `use` on an empty scratch database and closes it afterwards, whatever happens. */
export async function withScratch<Result>(dialect: Dialect, use: (scratch: Connection) => Promise<Result>): Promise<Result> {
  const scratch = await dialect.openScratch();
  try {
    return await use(scratch);
  } finally {
    await scratch.close();
  }
}

/**
 * The schema as the engine itself says it after having created it: with the engine's spelling of defaults,
 * expressions and types, so that it compares with what is read from a live database.
 */
export async function canonicalizeSchema(dialect: Dialect, schema: Schema): Promise<Schema> {
  return withScratch(dialect, async (scratch) => {
    await buildSchemaOn(scratch, dialect, schema);
    return (await dialect.introspect(scratch)).schema;
  });
}
