import { createRequire } from "node:module";
import { Kysely, PostgresDialect } from "kysely";
import type { Connection } from "../../../src/dialect/connection.ts";
import { postgres } from "../../../src/dialects/postgres/index.ts";
import { createPostgresDatabase, type PostgresDatabase } from "../../support/postgres-server.ts";

/** An object of a driver, as an application has one. */
export interface OwnObject {
  readonly object: object;
  /** Runs a statement beside Limbeck, as the application does. */
  readonly run: (sql: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** A database that the tests of a subject share. */
export interface TestPlace {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A way to a database that the tests of drivers are run on. */
export interface Subject {
  readonly name: string;
  readonly needsServer: boolean;
  /** Whether all connections are the same session. */
  readonly isSingleSession: boolean;
  /** Whether what the server tells comes to whoever was handed the object; where not, only the application's own listener hears it. */
  readonly passesNotices: boolean;
  readonly createPlace: () => Promise<TestPlace>;
  /** Opens a connection to the place. */
  readonly connect: (place: TestPlace) => Promise<Connection>;
  /** Opens what is handed over; absent where the driver is named instead. */
  readonly openOwn?: (place: TestPlace) => Promise<OwnObject>;
}

const load = createRequire(import.meta.url);

interface Queryable {
  query(sql: string): Promise<unknown>;
  end(): Promise<unknown>;
}

// The packages export these; they have no types, or none that are asked for.
const pg = load("pg") as {
  readonly Client: new (url: string) => Queryable & { connect(): Promise<unknown> };
  readonly Pool: new (config: { readonly connectionString: string; readonly max: number }) => Queryable;
};
const postgresJs = load("postgres") as (
  url: string,
  options: object,
) => object & { unsafe(sql: string): Promise<unknown>; end(): Promise<unknown> };
const { PGlite } = load("@electric-sql/pglite") as {
  readonly PGlite: new () => object & { exec(sql: string): Promise<unknown>; close(): Promise<void> };
};

const onServer = { needsServer: true, createPlace: (): Promise<PostgresDatabase> => createPostgresDatabase() };

const IN_PROCESS: TestPlace = { url: "pglite::memory:", drop: () => Promise.resolve() };

const byName = (driver: string): Subject => ({
  ...onServer,
  name: `${driver}, opened by name`,
  isSingleSession: false,
  passesNotices: true,
  connect: ({ url }) => postgres.connect(url, { driver }),
});

/** Every driver of a server, opened by its name. */
export const OPENED: readonly Subject[] = [byName("pg"), byName("postgres")];

async function openClient({ url }: TestPlace): Promise<OwnObject> {
  const client = new pg.Client(url);
  await client.connect();
  return { object: client, run: (sql) => client.query(sql), close: () => client.end() };
}

async function openPool({ url }: TestPlace): Promise<OwnObject> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  return { object: pool, run: (sql) => pool.query(sql), close: () => pool.end() };
}

async function openPostgresJs({ url }: TestPlace): Promise<OwnObject> {
  const sql = postgresJs(url, { max: 2, onnotice: () => undefined });
  return { object: sql, run: (text) => sql.unsafe(text), close: () => sql.end() };
}

async function openKysely({ url }: TestPlace): Promise<OwnObject> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // Kysely's own interface of a pool names more than what the untyped package is known to have.
  const dialect = new PostgresDialect({ pool: pool as never });
  const db = new Kysely<object>({ dialect });
  return { object: db, run: (sql) => pool.query(sql), close: () => db.destroy() };
}

/** To make one takes seconds, so that there is one for each subject, which is emptied in between. */
async function openPglite(): Promise<OwnObject> {
  const database = new PGlite();
  return { object: database, run: (sql) => database.exec(sql), close: () => database.close() };
}

type Facts = Omit<Subject, "connect"> & {
  readonly openOwn: (place: TestPlace) => Promise<OwnObject>;
};

const OWN: readonly Facts[] = [
  { ...onServer, name: "a client of pg", isSingleSession: true, passesNotices: true, openOwn: openClient },
  { ...onServer, name: "a pool of pg", isSingleSession: false, passesNotices: true, openOwn: openPool },
  {
    ...onServer,
    name: "an instance of postgres.js",
    isSingleSession: false,
    passesNotices: false,
    openOwn: openPostgresJs,
  },
  { ...onServer, name: "an instance of Kysely", isSingleSession: false, passesNotices: false, openOwn: openKysely },
  {
    name: "an object of PGlite",
    needsServer: false,
    isSingleSession: true,
    passesNotices: true,
    createPlace: async () => IN_PROCESS,
    openOwn: openPglite,
  },
];

/** A connection over an object; closing it closes that one too, because here nobody else will. */
async function connectToOwn({ object, close }: OwnObject): Promise<Connection> {
  const connection = await postgres.connect(object);
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => connection.execute(sql, parameters),
    query: (sql, parameters) => connection.query(sql, parameters),
    close: async () => {
      await connection.close();
      await close();
    },
  };
}

/** Every kind of object that can be handed over. */
export const EXISTING: readonly (Subject & Required<Pick<Subject, "openOwn">>)[] = OWN.map((facts) => ({
  ...facts,
  connect: async (place) => connectToOwn(await facts.openOwn(place)),
}));
