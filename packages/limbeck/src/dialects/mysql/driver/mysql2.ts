import { isIP } from "node:net";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import { loadPackage, requireVersion } from "../../../dialect/load-package.ts";
import type { Driver, DriverField, DriverResult, DriverSession, DriverTarget } from "./driver.ts";

const NAME = "mysql2";

/** https://github.com/sidorares/node-mysql2/pull/4373 */
const OLDEST_VERSION = "3.23.0";

/** The character set of bytes, and of everything that is no text. */
const BINARY = 63;

/** How long a server may take to answer at all, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;

/** The part of `mysql2` that is used here. https://sidorares.github.io/node-mysql2/docs */
export interface Mysql2Connection {
  connect(done: (error: Error | null) => void): void;
  query(
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, rows: unknown, fields: unknown) => void,
  ): void;
  end(done: (error?: Error | null) => void): void;
  destroy(): void;
  on(event: "error", listener: (error: Error) => void): unknown;
}

interface Mysql2Field {
  readonly name: string;
  readonly columnType: number;
  readonly columnLength: number;
  readonly characterSet: number;
  /** What MariaDB tells those who ask for it: `json` for text that is JSON. */
  readonly extendedFormat?: string;
}

export interface Mysql2Module {
  createConnection(config: Readonly<Record<string, unknown>>): Mysql2Connection;
}

/** Number of MySQL's own JSON type. */
const JSON_TYPE = 245;

const toField = ({ name, columnType, columnLength, characterSet, extendedFormat }: Mysql2Field): DriverField => ({
  name,
  type: columnType,
  length: columnLength,
  isBinary: characterSet === BINARY,
  isJson: extendedFormat === "json" || columnType === JSON_TYPE,
});

/** What `mysql2` gives for one answer of the server: rows with their columns, or what a statement without rows has done. */
type Mysql2Fields = readonly Mysql2Field[] | undefined;

function toResult(rows: unknown, fields: Mysql2Fields): DriverResult {
  if (Array.isArray(rows)) {
    // Asked for as arrays of the server's bytes.
    return { rows: rows as DriverResult["rows"], fields: (fields ?? []).map(toField), changes: 0, insertId: 0n };
  }
  // What a statement without rows gives.
  const { affectedRows = 0, insertId = 0 } = rows as { readonly affectedRows?: number; readonly insertId?: number };
  return { rows: [], fields: [], changes: affectedRows, insertId: BigInt(insertId) };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Whether there are several answers, each with columns of its own: a procedure gives what its queries find, and what it has done. */
const areSeveral = (fields: unknown): fields is readonly Mysql2Fields[] =>
  isList(fields) && fields.length > 0 && fields.every((own) => own === undefined || isList(own));

/** One answer; of several, what the first query has found. */
function toOneResult(rows: unknown, fields: unknown): DriverResult {
  // Without several answers there are columns of one, or none.
  if (!areSeveral(fields) || !isList(rows)) return toResult(rows, fields as Mysql2Fields);
  const results = rows.map((own, index) => toResult(own, fields[index]));
  const [first] = results.filter((_, index) => fields[index] !== undefined);
  const changes = results.at(-1)?.changes ?? 0;
  return { rows: first?.rows ?? [], fields: first?.fields ?? [], changes, insertId: 0n };
}

const keepBytes = (field: { buffer(): Uint8Array | null }): Uint8Array | null => field.buffer();

/** Runs exactly one statement, and takes the answer as the server sends it, whatever the connection was told of types. */
export function runOnMysql2(connection: Mysql2Connection, sql: string): Promise<DriverResult> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, rowsAsArray: true, typeCast: keepBytes }, (error, rows, fields) => {
      if (error) reject(error);
      else resolve(toOneResult(rows, fields));
    });
  });
}

/** Opens a connection of the package. */
export async function openMysql2(config: Readonly<Record<string, unknown>>): Promise<DriverSession> {
  // The package is loaded when it is needed; the interface above names what is used of it.
  const mysql2Module = loadPackage(NAME) as Mysql2Module;
  const connection = mysql2Module.createConnection({
    ...config,
    charset: "utf8mb4",
    connectTimeout: CONNECT_TIMEOUT,
    multipleStatements: false,
    // No server may ask for files of this machine; and names of functions are no keywords, in the bodies of triggers neither.
    flags: ["-LOCAL_FILES", "-IGNORE_SPACE"],
  });
  // A session that the server ends while nothing runs would otherwise bring the process down; the next statement fails and says so.
  connection.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  }).catch((error: unknown) => {
    connection.destroy();
    throw error;
  });
  return {
    run: (sql) => runOnMysql2(connection, sql),
    // A session that is broken has ended already.
    end: () => new Promise<void>((resolve) => connection.end(() => resolve())),
  };
}

/** The package asks for a certificate of the name `localhost` where the host is an address. */
function refuseAddress({ host, socket, tls }: DriverTarget): void {
  if (tls?.verifyIdentity !== true || socket !== undefined || isIP(host) === 0) return;
  const problem =
    "mysql2 cannot verify that a certificate is made out to an address; name the host, or take the driver mariadb";
  throw reachErrors.settingUnusable({ setting: "ssl-mode", problem });
}

async function open(target: DriverTarget): Promise<DriverSession> {
  const { host, port, socket, user, password, database, tls } = target;
  refuseAddress(target);
  requireVersion(NAME, OLDEST_VERSION, "cannot tell JSON from text on MariaDB");
  return openMysql2({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(tls && { ssl: tls }),
    database,
  });
}

/** The npm package mysql2. */
export const mysql2: Driver = { name: NAME, open };
