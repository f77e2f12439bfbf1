import { loadPackage } from "../../../../dialect/load-package.ts";
import { reachErrors } from "../../../../kernel/errors/reach-errors.ts";
import type { DriverSession } from "../driver.ts";
import { runOnPostgresJs, type PostgresJsFactory, type PostgresJsSql } from "../postgres-js.ts";
import { describePlace, type ExistingDatabase } from "./existing-database.ts";

/** What an instance has resolved its options to; lists, because it may know several hosts. */
interface OwnOptions {
  readonly user: unknown;
  readonly host: readonly unknown[];
  readonly port: readonly unknown[];
  readonly path: unknown;
  readonly database: unknown;
  readonly pass: unknown;
  readonly ssl: unknown;
  readonly connection: object;
  readonly transform: Readonly<Record<"column" | "value" | "row", { readonly from?: unknown } | undefined>>;
  /** Told of every session that is lost, by its number. */
  readonly onclose: ((id: number) => void) | undefined;
}

/** An instance of postgres.js that somebody made. */
interface OwnSql extends PostgresJsSql {
  reserve(): Promise<PostgresJsSql & { release(): void }>;
  readonly options: OwnOptions;
}

const isInstance = (value: object): value is OwnSql =>
  typeof value === "function" && ["unsafe", "reserve", "options", "typed", "begin"].every((member) => member in value);

/** Names and values must come as they are. */
function refuseTransforms({ transform }: OwnOptions): void {
  // Rows and values are not touched where they are taken raw, but for these three.
  const isChanged = (["column", "value", "row"] as const).some((part) => transform[part]?.from !== undefined);
  if (isChanged) throw reachErrors.connectionTransforms({ driver: "postgres.js" });
}

async function borrow(own: OwnSql): Promise<DriverSession> {
  refuseTransforms(own.options);
  const reserved = await own.reserve();
  // A statement on a reserved session that is lost would bring the process down; which one is lost, nobody can tell from outside.
  const { onclose } = own.options;
  let isLost = false;
  const hear = (id: number): void => {
    isLost = true;
    onclose?.(id);
  };
  Object.assign(own.options, { onclose: hear });
  return {
    run: async (text, values) => {
      if (isLost) throw reachErrors.connectionLost({});
      return runOnPostgresJs(reserved, text, values);
    },
    end: async () => {
      Object.assign(own.options, { onclose });
      if (!isLost) reserved.release();
    },
  };
}

async function openAnother({ options }: OwnSql, database: unknown): Promise<DriverSession> {
  // The package exports a function, and its types are not asked for.
  const postgresJs = loadPackage("postgres") as PostgresJsFactory;
  const { host, port, path, user, pass, ssl, connection } = options;
  const sql = postgresJs({
    host,
    port,
    path,
    user,
    pass,
    ssl,
    connection,
    database,
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    fetch_types: false,
    onnotice: () => undefined,
  });
  const run: DriverSession["run"] = (text, values) => runOnPostgresJs(sql, text, values);
  const end = (): Promise<void> => sql.end({ timeout: 5 });
  await run("SELECT 1", []).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return { run, end };
}

/** The database behind an instance of postgres.js; undefined when it is anything else. */
export function adoptPostgresJs(value: object): ExistingDatabase | undefined {
  if (!isInstance(value)) return undefined;
  const { user, host, port, path, database } = value.options;
  return {
    url: describePlace({ user, database, ...(path ? { host: path } : { host: host[0], port: port[0] }) }),
    isEmbedded: false,
    borrow: () => borrow(value),
    openAnother: (name) => openAnother(value, name ?? database),
  };
}
