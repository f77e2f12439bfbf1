import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { readSchemaFile, renderSchemaFile, writeSchemaFile } from "../../scripts/schema-file.ts";
import type { Environment } from "../environment.ts";
import { inspect } from "../inspect.ts";
import { readDatabase } from "../with-database.ts";

async function render(environment: Environment, heads: readonly string[]): Promise<string> {
  const { sql = "" } = await inspect(environment, { sql: true });
  return renderSchemaFile(sql, heads);
}

const readHeads = (environment: Environment): Promise<readonly string[]> =>
  readDatabase(environment, (connection) => environment.versions.readHeads(connection));

/** What became of the file of the schema. */
export interface SchemaFileResult {
  /** Absolute. */
  readonly path: string;
  /** Whether it held something else before. */
  readonly isChanged: boolean;
}

/**
 * Writes what the database holds into the file that `schemaFile` of the config names: in one step, the same text for the same schema.
 *
 * @returns undefined where the config names none, or calls the database `protected`
 * @throws CommandError (schemaFileUnwritten) when it cannot be written, or holds what Limbeck did not write
 *
 * @example
 * await upgrade(environment, { target: "head" });
 * await updateSchemaFile(environment);
 */
export async function updateSchemaFile(environment: Environment): Promise<SchemaFileResult | undefined> {
  const { schemaFile: path, protected: isProtected } = environment.config;
  if (path === undefined || isProtected) return undefined;
  const writing = writeSchemaFile(path, await render(environment, await readHeads(environment)));
  if (writing.kind === "failed") throw commandErrors.schemaFileUnwritten({ path, message: writing.message });
  return { path, isChanged: writing.kind === "written" };
}

function findDifference(found: string, wanted: string): number {
  const others = found.split("\n");
  return wanted.split("\n").findIndex((line, index) => line !== others[index]) + 1 || wanted.split("\n").length;
}

/**
 * Makes sure that the file of the schema says what the database holds; where the config names none, there is nothing to say.
 *
 * @throws CommandError (schemaFileStale)
 */
export async function requireCurrentSchemaFile(environment: Environment): Promise<void> {
  const { schemaFile: path } = environment.config;
  if (path === undefined) return;
  const found = readSchemaFile(path);
  const wanted = await render(environment, await readHeads(environment));
  if (found === wanted) return;
  throw commandErrors.schemaFileStale({ path, line: found === undefined ? undefined : findDifference(found, wanted) });
}
