import { loadPackage } from "../../../dialect/load-package.ts";
import type { Driver, DriverResult, DriverSession } from "./driver.ts";

const NAME = "pg";

/** The part of `pg` that is used here; the package brings no types. https://node-postgres.com/apis/client */
interface PgClient {
  connect(): Promise<unknown>;
  query(config: PgQuery): Promise<PgResult>;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

interface PgQuery {
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly rowMode: "array";
  /** The server then takes one statement only, also where no value is bound. */
  readonly queryMode: "extended";
  readonly types: { readonly getTypeParser: () => (text: string) => string };
}

interface PgResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

interface PgModule {
  readonly Client: new (config: Readonly<Record<string, unknown>>) => PgClient;
}

/** How long a server may take to answer at all, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;

const AS_TEXT: PgQuery["types"] = { getTypeParser: () => (text) => text };

const CHANGES_ROWS: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

function toResult({ command, rowCount, rows, fields }: PgResult): DriverResult {
  return {
    rows,
    fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
    changes: CHANGES_ROWS.has(command) ? (rowCount ?? 0) : 0,
  };
}

async function open(url: string): Promise<DriverSession> {
  // The package has no types; the interface above names what is used of it.
  const { Client } = loadPackage(NAME) as PgModule;
  const client = new Client({
    connectionString: url,
    application_name: "limbeck",
    connectionTimeoutMillis: CONNECT_TIMEOUT,
  });
  // A session that the server ends while nothing runs would otherwise bring the process down; the next statement fails and says so.
  client.on("error", () => undefined);
  await client.connect();
  return {
    run: async (text, values) =>
      toResult(await client.query({ text, values, rowMode: "array", queryMode: "extended", types: AS_TEXT })),
    end: () => client.end(),
  };
}

/** The npm package pg. What a URL leaves out it takes from the variables of libpq, `PGPASSWORD` for example, and from `~/.pgpass`. */
export const pg: Driver = { name: NAME, open };
