import type { UnmanagedObject } from "../dialect/dialect.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import { findClosestName } from "../kernel/closest-name.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { findLastName } from "../ops/expression/last-name.ts";
import type { Operation } from "../ops/operation.ts";
import { isSameObjectName } from "../schema/model/defined-object.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { compileOperations } from "./compile-operations.ts";
import type { Environment } from "./environment.ts";
import { introspectDatabase, readDatabase } from "./with-database.ts";

/** What `inspect` is asked for. */
export interface InspectOptions {
  /** Names of tables and views; with a table come its triggers. Default: everything. */
  readonly names?: readonly string[];
  /** Also gives the statements that create it. Default false. */
  readonly sql?: boolean;
}

/** What a database holds. */
export interface InspectResult {
  /** The URL, without a password. */
  readonly database: string;
  readonly serverVersion: string;
  /** Without the version table. */
  readonly schema: Schema;
  /** What the schema cannot say. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** The statements that create the schema in an empty database, as a script for the engine's own client. */
  readonly sql?: string;
}

/** By which a table may be meant, the closest first: its name, in other letters, or without the schema in front. */
function findMeant(wanted: string, known: readonly string[]): string | undefined {
  const isLike = (name: string): boolean => name.toLowerCase() === wanted.toLowerCase();
  const inside = known.filter((name) => findLastName(name) === wanted);
  return known.find((name) => name === wanted) ?? known.find(isLike) ?? (inside.length === 1 ? inside[0] : undefined);
}

/** Whether columns are of a type, or of lists of it. */
function isUsed(type: string, tables: readonly Table[]): boolean {
  const name = findLastName(type);
  return tables.some(({ columns }) =>
    columns.some(
      (column) => column.type.kind === "raw" && findLastName(column.type.sql.replace(/\[\d*\]$/, "")) === name,
    ),
  );
}

function select(schema: Schema, names: readonly string[]): Schema {
  const known = [...schema.tables, ...schema.views].map(({ name }) => name);
  const chosen = new Set(
    names.map((wanted) => {
      const found = findMeant(wanted, known);
      if (found === undefined)
        throw commandErrors.noSuchTable({ name: wanted, similar: findClosestName(wanted, known) });
      return found;
    }),
  );
  const tables = schema.tables.filter(({ name }) => chosen.has(name));
  return {
    ...EMPTY_SCHEMA,
    tables,
    views: schema.views.filter(({ name }) => chosen.has(name)),
    triggers: schema.triggers.filter(({ table }) => chosen.has(table)),
    enums: schema.enums.filter(({ name }) => isUsed(name, tables)),
    objects: schema.objects.filter(({ table }) => table !== undefined && chosen.has(table)),
  };
}

/** Whether an operation makes a part of a schema. */
function makesPartOf({ tables, views, triggers, enums, objects }: Schema, operation: Operation): boolean {
  const names = (list: readonly { readonly name: string }[], name: string): boolean =>
    list.some((one) => one.name === name);
  if ("table" in operation)
    return names(tables, typeof operation.table === "string" ? operation.table : operation.table.name);
  if ("view" in operation) return names(views, operation.view.name);
  if ("enum" in operation) return names(enums, operation.enum.name);
  if ("trigger" in operation) {
    const { name, table } = operation.trigger;
    return triggers.some((one) => one.name === name && one.table === table);
  }
  return "object" in operation && objects.some((one) => isSameObjectName(one, operation.object));
}

/** The statements that create a part of what a database holds. All of it is made on the way, because a part may need the rest. */
async function writeSql(
  environment: Environment,
  { whole, part, serverVersion }: { readonly whole: Schema; readonly part: Schema; readonly serverVersion: string },
): Promise<string> {
  const { dialect } = environment;
  const operations = diffSchema(EMPTY_SCHEMA, whole, dialect.diffRules);
  const lists = whole === part ? [operations] : operations.map((operation) => [operation]);
  const texts = await compileOperations(environment, lists, {
    start: { schema: EMPTY_SCHEMA, unmanaged: [] },
    render: dialect.renderScriptStatement,
    targetVersion: serverVersion,
  });
  if (whole === part) return texts.join("");
  return operations.flatMap((one, position) => (makesPartOf(part, one) ? (texts[position] ?? "") : [])).join("");
}

/**
 * Reads what a database holds; changes nothing.
 *
 * @throws CommandError when it has no table or view of a name
 * @throws ProofError when the statements are asked for, and an empty database refuses one of them
 */
export async function inspect(environment: Environment, options: InspectOptions = {}): Promise<InspectResult> {
  const { dialect, config } = environment;
  const { names = [], sql = false } = options;
  const { schema, unmanaged, serverVersion } = await readDatabase(environment, async (connection) => ({
    ...(await introspectDatabase(environment, connection)),
    serverVersion: connection.serverVersion,
  }));
  const selected = names.length > 0 ? select(schema, names) : schema;
  return {
    database: dialect.redactUrl(config.url),
    serverVersion,
    schema: selected,
    unmanaged: names.length > 0 ? [] : unmanaged,
    ...(sql && { sql: await writeSql(environment, { whole: schema, part: selected, serverVersion }) }),
  };
}
