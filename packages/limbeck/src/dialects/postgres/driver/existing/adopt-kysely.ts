import type { DriverSession } from "../driver.ts";
import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import type { ExistingDatabase } from "./existing-database.ts";

/** A query in Kysely's words, as far as a driver looks at it. */
interface KyselyQuery {
  readonly sql: unknown;
  readonly parameters: readonly (string | null)[];
}

interface KyselyResult {
  readonly rows: readonly Readonly<Record<string, TaggedText | null>>[];
  readonly numAffectedRows?: bigint;
}

interface KyselyConnection {
  executeQuery(query: KyselyQuery): Promise<KyselyResult>;
}

/** The part of a Kysely instance that is used here. */
interface OwnKysely {
  getExecutor(): {
    readonly adapter: object;
    provideConnection<Result>(use: (connection: KyselyConnection) => Promise<Result>): Promise<Result>;
  };
}

/** A value that still knows its type. */
interface TaggedText {
  readonly type: number;
  readonly text: string;
}

const isTagged = (value: unknown): value is TaggedText =>
  typeof value === "object" && value !== null && "type" in value && "text" in value;

const isKysely = (value: object): value is OwnKysely =>
  ["getExecutor", "connection", "withPlugin", "selectFrom"].every((member) => member in value);

/** Transactions have all the members of an instance too, and are somebody's. */
const isTransaction = (value: object): boolean => "isTransaction" in value && value.isTransaction === true;

/** Where a driver asks how to read a value of a type: not at all. */
const TAGGING = {
  getTypeParser:
    (type: number) =>
    (text: string): TaggedText => ({ type, text }),
};

/**
 * Runs a statement through Kysely's connection. Its PostgresDialect hands the text on to a client of `pg`, which takes an object as well, and only in an object
 * it can be told to leave values as they come. The instance's driver is asked about that first; see {@link requirePg}.
 */
async function run(connection: KyselyConnection, [text, values]: Parameters<DriverSession["run"]>) {
  const { rows, numAffectedRows } = await connection.executeQuery({
    sql: { text, queryMode: "extended", types: TAGGING },
    parameters: values,
  });
  // A value that is NULL tells no type, and needs none.
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const types = names.map((name) => rows.map((row) => row[name]?.type).find((type) => type !== undefined) ?? 0);
  return {
    rows: rows.map((row) => names.map((name) => row[name]?.text ?? null)),
    fields: names.map((name, position) => ({ name, type: types[position] ?? 0 })),
    changes: numAffectedRows === undefined ? null : Number(numAffectedRows),
  };
}

async function requirePg(connection: KyselyConnection): Promise<void> {
  const query = { sql: { text: "SELECT 1 AS one", queryMode: "extended", types: TAGGING }, parameters: [] };
  const answer = await connection.executeQuery(query).catch(() => undefined);
  if (isTagged(answer?.rows[0]?.["one"])) return;
  throw connectionErrors.unknownConnection({ found: "an instance of Kysely over another driver than pg" });
}

/** Keeps the connection that Kysely lends to a function for as long as the function takes. */
function reserve(kysely: OwnKysely): Promise<{ readonly connection: KyselyConnection; readonly release: () => void }> {
  return new Promise((resolve, reject) => {
    const lending = kysely.getExecutor().provideConnection(
      (connection) =>
        new Promise<void>((release) => {
          resolve({ connection, release });
        }),
    );
    lending.catch(reject);
  });
}

/** The database behind a Kysely instance with PostgresDialect; undefined when it is anything else. */
export function adoptKysely(value: object): ExistingDatabase | undefined {
  if (!isKysely(value) || isTransaction(value)) return undefined;
  if (value.getExecutor().adapter.constructor.name !== "PostgresAdapter") return undefined;
  return {
    url: "postgres://(Kysely)/",
    isEmbedded: false,
    borrow: async () => {
      const { connection, release } = await reserve(value);
      try {
        await requirePg(connection);
      } catch (error) {
        release();
        throw error;
      }
      return { run: (...statement) => run(connection, statement), end: async () => release() };
    },
  };
}
