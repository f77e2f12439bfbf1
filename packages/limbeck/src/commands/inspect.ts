import type { UnmanagedObject } from "../dialect/dialect.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import { findClosestName } from "../kernel/closest-name.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
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

function select(schema: Schema, names: readonly string[]): Schema {
  const known = [...schema.tables, ...schema.views].map(({ name }) => name);
  const chosen = new Set(
    names.map((wanted) => {
      const found =
        known.find((name) => name === wanted) ?? known.find((name) => name.toLowerCase() === wanted.toLowerCase());
      if (found === undefined)
        throw commandErrors.noSuchTable({ name: wanted, similar: findClosestName(wanted, known) });
      return found;
    }),
  );
  return {
    ...EMPTY_SCHEMA,
    tables: schema.tables.filter(({ name }) => chosen.has(name)),
    views: schema.views.filter(({ name }) => chosen.has(name)),
    triggers: schema.triggers.filter(({ table }) => chosen.has(table)),
    // A table may be of any of these types, which take no room.
    enums: schema.enums,
    objects: schema.objects.filter(({ table }) => table !== undefined && chosen.has(table)),
  };
}

async function writeSql(environment: Environment, schema: Schema, serverVersion: string): Promise<string> {
  const { dialect } = environment;
  const [sql = ""] = await compileOperations(environment, [diffSchema(EMPTY_SCHEMA, schema, dialect.diffRules)], {
    start: { schema: EMPTY_SCHEMA, unmanaged: [] },
    render: dialect.renderScriptStatement,
    targetVersion: serverVersion,
  });
  return sql;
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
    ...(sql && { sql: await writeSql(environment, selected, serverVersion) }),
  };
}
