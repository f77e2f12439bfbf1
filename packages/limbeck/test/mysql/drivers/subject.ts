import { createRequire } from "node:module";
import type { Connection } from "../../../src/dialect/connection.ts";
import { mysql } from "../../../src/dialects/mysql/index.ts";

/** An object of a driver, as an application has one. */
export interface OwnObject {
  readonly object: object;
  /** Runs a statement beside Limbeck, as the application does. */
  readonly run: (sql: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** A way to a database that the tests of drivers are run on. */
export interface Subject {
  readonly name: string;
  /** Whether all connections are the same session. */
  readonly isSingleSession: boolean;
  /** Whether a scratch database can be had beside it. */
  readonly hasScratch: boolean;
  readonly connect: (url: string) => Promise<Connection>;
  /** Opens what is handed over; absent where the driver is named instead. */
  readonly openOwn?: (url: string) => Promise<OwnObject>;
}

const load = createRequire(import.meta.url);

/** What the objects of both packages have that give promises. */
interface Queryable {
  query(sql: string): Promise<unknown>;
  end(): Promise<unknown>;
}

/** What the objects have that take a callback. */
interface Calling {
  query(sql: string, done: (error: Error | null) => void): unknown;
  end(done: () => void): unknown;
}

// The packages export these; their types are not asked for.
const mysql2 = load("mysql2") as {
  readonly createConnection: (url: string) => Calling;
  readonly createPool: (url: string) => Calling;
};
const promises = load("mysql2/promise") as {
  readonly createConnection: (url: string) => Promise<Queryable>;
  readonly createPool: (url: string) => Queryable;
};
const mariadb = load("mariadb") as {
  readonly createConnection: (config: object) => Promise<Queryable>;
  readonly createPool: (config: object) => Queryable;
};

const own = (object: Queryable): OwnObject => ({
  object,
  run: (sql) => object.query(sql),
  close: () => object.end(),
});

const calling = (object: Calling): OwnObject => ({
  object,
  run: (sql) =>
    new Promise<void>((resolve, reject) => object.query(sql, (error) => (error ? reject(error) : resolve()))),
  close: () => new Promise<void>((resolve) => object.end(resolve)),
});

/** A URL as the parts that `mariadb` takes. */
function readParts(url: string): object {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const socketPath = searchParams.get("socket");
  return {
    ...(socketPath === null ? { host: hostname, port: port === "" ? 3306 : Number(port) } : { socketPath }),
    user: username,
    database: pathname.slice(1),
  };
}

const byName = (driver: string): Subject => ({
  name: driver,
  isSingleSession: false,
  hasScratch: true,
  connect: (url) => mysql.connect(url, { driver }),
});

interface Own {
  readonly name: string;
  readonly isSingleSession: boolean;
  readonly hasScratch?: boolean;
  readonly openOwn: (url: string) => Promise<OwnObject>;
}

/** Connections to it are those of an object of its own, which is closed with them. */
const byObject = ({ name, isSingleSession, hasScratch = true, openOwn }: Own) => ({
  name,
  isSingleSession,
  hasScratch,
  openOwn,
  connect: async (url: string): Promise<Connection> => {
    const opened = await openOwn(url);
    const connection = await mysql.connect(opened.object);
    return {
      serverVersion: connection.serverVersion,
      description: connection.description,
      execute: (sql, parameters) => connection.execute(sql, parameters),
      query: (sql, parameters) => connection.query(sql, parameters),
      close: async () => {
        await connection.close();
        await opened.close();
      },
    };
  },
});

const toMysql2 = (url: string): string => url.replace(/^mariadb:/, "mysql:");

/** Objects that are handed over. */
export const EXISTING = [
  byObject({
    name: "a connection of mysql2",
    isSingleSession: true,
    openOwn: async (url) => calling(mysql2.createConnection(toMysql2(url))),
  }),
  byObject({
    name: "a connection of mysql2 with promises",
    isSingleSession: true,
    openOwn: async (url) => own(await promises.createConnection(toMysql2(url))),
  }),
  byObject({
    name: "a pool of mysql2",
    isSingleSession: false,
    openOwn: async (url) => calling(mysql2.createPool(toMysql2(url))),
  }),
  byObject({
    name: "a pool of mysql2 with promises",
    isSingleSession: false,
    openOwn: async (url) => own(promises.createPool(toMysql2(url))),
  }),
  byObject({
    name: "a connection of mariadb",
    isSingleSession: true,
    hasScratch: false,
    openOwn: async (url) => own(await mariadb.createConnection(readParts(url))),
  }),
  byObject({
    name: "a pool of mariadb",
    isSingleSession: false,
    openOwn: async (url) => own(mariadb.createPool({ ...readParts(url), connectionLimit: 5 })),
  }),
] as const;

/** Every way. */
export const SUBJECTS: readonly Subject[] = [byName("mysql2"), byName("mariadb"), ...EXISTING];
