import { checkVersion, loadPackage } from "../../../dialect/load-package.ts";
import type { Driver, DriverField, DriverResult, DriverSession, DriverTarget, TlsOptions } from "./driver.ts";

const NAME = "mariadb";

/** The oldest one with which this was tried. */
const OLDEST_VERSION = "3.5.0";

/** The character set of bytes, and of everything that is no text. */
const BINARY = 63;

/** How long a server may take to answer at all, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;

/** The part of `mariadb` that is used here. https://github.com/mariadb-corporation/mariadb-connector-nodejs/blob/main/documentation/promise-api.md */
export interface MariadbConnection {
  query(options: Readonly<Record<string, unknown>>): Promise<unknown>;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

interface MariadbField {
  name(): string;
  readonly columnType: number;
  readonly columnLength: number;
  readonly collation: { readonly index: number };
  isDataTypeFormatJson?(): boolean;
}

interface MariadbModule {
  readonly version?: string;
  createConnection(config: Readonly<Record<string, unknown>>): Promise<MariadbConnection>;
}

/** Number of MySQL's own JSON type. */
const JSON_TYPE = 245;

const toField = (field: MariadbField): DriverField => ({
  name: field.name(),
  type: field.columnType,
  length: field.columnLength,
  isBinary: field.collation.index === BINARY,
  isJson: field.isDataTypeFormatJson?.() === true || field.columnType === JSON_TYPE,
});

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function toResult(rows: unknown, fields: unknown): DriverResult {
  if (isList(rows)) {
    // Asked for as arrays of the server's bytes.
    const values = rows as DriverResult["rows"];
    // Beside rows there is a description of each column.
    const columns = fields as readonly MariadbField[];
    return { rows: values, fields: columns.map(toField), changes: 0, insertId: 0n };
  }
  // What a statement without rows gives.
  const { affectedRows = 0, insertId = 0n } = rows as { readonly affectedRows?: number; readonly insertId?: bigint };
  return { rows: [], fields: [], changes: affectedRows, insertId };
}

/** Whether there are several answers: a procedure gives what its queries find, and what it has done. */
const areSeveral = (answers: unknown, fields: unknown): answers is readonly unknown[] =>
  isList(answers) && isList(fields) && isList(fields[0]);

/** One answer; of several, what the first query has found. */
function toOneResult([answers, fields]: readonly unknown[]): DriverResult {
  if (!areSeveral(answers, fields)) return toResult(answers, fields);
  const columns: readonly unknown[] = isList(fields) ? fields : [];
  const results = answers.map((own, index) => toResult(own, columns[index]));
  const first = results.find((_, index) => isList(answers[index]));
  return { rows: first?.rows ?? [], fields: first?.fields ?? [], changes: results.at(-1)?.changes ?? 0, insertId: 0n };
}

/** Runs exactly one statement, and takes the answer as the server sends it, whatever the connection was told of types. */
export async function runOnMariadb(connection: MariadbConnection, sql: string): Promise<DriverResult> {
  const typeCast = (field: { buffer(): Uint8Array | null }): Uint8Array | null => field.buffer();
  const answer = await connection.query({ sql, rowsAsArray: true, metaAsArray: true, typeCast });
  // Asked for as answers and columns.
  return toOneResult(answer as readonly unknown[]);
}

/** Node itself looks at the certificate, and at the name in it unless it is told not to. */
function toNodeTls({ verifyIdentity, ...tls }: TlsOptions): object {
  return { ...tls, ...(!verifyIdentity && { checkServerIdentity: () => undefined }) };
}

async function open({ host, port, socket, user, password, database, tls }: DriverTarget): Promise<DriverSession> {
  // The package is loaded when it is needed; the interface above names what is used of it.
  const mariadbModule = loadPackage(NAME) as MariadbModule;
  checkVersion(NAME, { version: mariadbModule.version ?? "", oldest: OLDEST_VERSION, fault: "were not tried" });
  const connection = await mariadbModule.createConnection({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(tls && { ssl: toNodeTls(tls) }),
    database,
    charset: "utf8mb4",
    connectTimeout: CONNECT_TIMEOUT,
    multipleStatements: false,
    // No server may ask for files of this machine.
    permitLocalInfile: false,
    logger: { warning: () => undefined },
  });
  // A session that the server ends while nothing runs would otherwise bring the process down; the next statement fails and says so.
  connection.on("error", () => undefined);
  // The package always asks for a mode in which the names of functions are keywords, in the bodies of triggers too.
  await runOnMariadb(connection, "SET SESSION sql_mode = @@GLOBAL.sql_mode");
  return {
    run: (sql) => runOnMariadb(connection, sql),
    // A session that is broken has ended already.
    end: () => connection.end().catch(() => undefined),
  };
}

/** The npm package mariadb. */
export const mariadb: Driver = { name: NAME, open };
