import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { it } from "vitest";
import type { Connection } from "../../../src/dialect/connection.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";

/** An open object of a driver, as an application has one. */
export interface OwnDatabase {
  exec(sql: string): unknown;
  close(): unknown;
}

/** A way to a SQLite database that the conformance suite is run on. */
export interface Subject {
  readonly name: string;
  /** The package. */
  readonly driver: string;
  /** Behaviours that are not so here, with the reason. The suite fails when one of them is so after all. */
  readonly deviations: Readonly<Record<string, string>>;
  /** Whether a preview says that the engine alters NOT NULL itself: it must, and so must the engine of the scratch database. */
  readonly previewsAlterNotNull: boolean;
  /** Opens a database as an application does. */
  readonly openOwn: (path: string) => OwnDatabase;
  /** Opens a connection. */
  readonly connect: (path: string) => Promise<Connection>;
}

const load = createRequire(import.meta.url);

// The packages export their classes; one of them has no types.
const BetterSqlite3 = load("better-sqlite3") as new (path: string) => OwnDatabase;
const Libsql = load("libsql") as new (path: string) => OwnDatabase;

const CUTS_TEXT: Subject["deviations"] = {
  "text keeps its zero characters": "it reads text up to the first one; what is stored is whole",
};

const isOldNode = process.versions.node.startsWith("22.");

type Facts = Pick<Subject, "driver" | "deviations" | "previewsAlterNotNull" | "openOwn">;

const DRIVERS: readonly Facts[] = [
  {
    driver: "node:sqlite",
    deviations: isOldNode ? CUTS_TEXT : {},
    previewsAlterNotNull: !isOldNode,
    openOwn: (path) => new DatabaseSync(path),
  },
  {
    driver: "better-sqlite3",
    deviations: { "a path may end in a space": "it would cut the space off, and open another file" },
    previewsAlterNotNull: !isOldNode,
    openOwn: (path) => new BetterSqlite3(path),
  },
  { driver: "libsql", deviations: CUTS_TEXT, previewsAlterNotNull: false, openOwn: (path) => new Libsql(path) },
];

/** A connection to an open database; closing it closes that one too, because here nobody else will. */
async function connectToOwn(own: OwnDatabase): Promise<Connection> {
  const connection = await sqlite.connect(own);
  let isClosed = false;
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => connection.execute(sql, parameters),
    query: (sql, parameters) => connection.query(sql, parameters),
    close: async () => {
      await connection.close();
      if (!isClosed) own.close();
      isClosed = true;
    },
  };
}

/** Every driver, opened by its name. */
export const OPENED: readonly Subject[] = DRIVERS.map((facts) => ({
  ...facts,
  name: `${facts.driver}, opened by name`,
  connect: (path) => sqlite.connect(`sqlite:${path}`, { driver: facts.driver }),
}));

/** Every driver, as an existing connection. */
export const EXISTING: readonly Subject[] = DRIVERS.map((facts) => ({
  ...facts,
  name: `${facts.driver}, an existing connection`,
  connect: (path) => connectToOwn(facts.openOwn(path)),
}));

/** States a behaviour of a subject; where it is a known deviation, states that it is none. */
export function behaves(subject: Subject, behaviour: string, run: () => Promise<void>): void {
  const reason = subject.deviations[behaviour];
  const state = reason === undefined ? it : it.fails;
  state(reason === undefined ? behaviour : `${behaviour}: not so, because ${reason}`, run);
}
