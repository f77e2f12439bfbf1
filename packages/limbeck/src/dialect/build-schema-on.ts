import { diffSchema } from "../diff/diff-schema.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import { dispatchOperation } from "../ops/operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import type { Connection } from "./connection.ts";
import type { Dialect } from "./dialect.ts";

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
