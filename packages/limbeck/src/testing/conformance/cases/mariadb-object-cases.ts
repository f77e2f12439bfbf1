import { definedObject, integer, sequence, table } from "../../../schema.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const without = {
  sqlite: "SQLite has none of them",
  postgres: "PostgreSQL has them in other words",
} as const;

const notes = table("notes", { id: integer().primaryKey(), length: integer().nullable() });
const rows = { notes: [{ id: 1, length: 5 }] } as const;

const twice = (body: string): string => `CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN ${body}`;
const tidy = "CREATE PROCEDURE tidy(IN least int) MODIFIES SQL DATA BEGIN DELETE FROM notes WHERE length < least; END";
const nightly = (state: string): string =>
  `CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2036-01-01 03:00:00' ON COMPLETION PRESERVE ${state} DO BEGIN CALL tidy(3); END`;
const quoted = `SET STATEMENT sql_mode = 'ANSI_QUOTES' FOR CREATE FUNCTION how_many() RETURNS int READS SQL DATA RETURN (SELECT count(*) FROM "notes")`;

/** Sequences as MariaDB has them, by what is done to them. */
export const MARIADB_SEQUENCE_CASES: Readonly<
  Record<"createSequence" | "dropSequence" | "alterSequence", ConformanceCase>
> = {
  createSequence: {
    title: "of another storage engine, with a comment",
    start: [notes],
    change: (op) =>
      op.createSequence("numbers", { cache: "0", options: { mysql: { engine: "Aria", comment: "it's one" } } }),
    without,
  },
  dropSequence: {
    title: "of another storage engine",
    start: [sequence("numbers", { options: { mysql: { engine: "Aria" } } }), notes],
    change: (op) => op.dropSequence("numbers"),
    without,
  },
  alterSequence: {
    title: "in every way that MariaDB knows",
    start: [sequence("numbers", { start: "100", increment: "5", cycle: true }), notes],
    rows,
    change: (op) =>
      op.alterSequence("numbers", {
        increment: null,
        start: "7",
        minimum: "7",
        maximum: "999",
        cache: "3",
        cycle: null,
        options: { mysql: { engine: "Aria", comment: "counts" } },
      }),
    without,
  },
};

/** What MariaDB keeps as definitions, by what is done to it. */
export const MARIADB_OBJECT_CASES: Readonly<
  Record<"createObject" | "dropObject" | "replaceObject", readonly ConformanceCase[]>
> = {
  createObject: [
    {
      title: "a function, a procedure and an event, and a function that is read in another mode",
      start: [notes],
      rows,
      change: async (op) => {
        await op.createObject("function", "twice", twice("n * 2"));
        await op.createObject("procedure", "tidy", tidy);
        await op.createObject("event", "nightly", nightly("ENABLE"));
        await op.createObject("function", "how_many", quoted);
      },
      without,
    },
  ],
  dropObject: [
    {
      title: "a procedure and an event",
      start: [notes, definedObject("procedure", "tidy", tidy), definedObject("event", "nightly", nightly("DISABLE"))],
      rows,
      change: async (op) => {
        await op.dropObject("event", "nightly");
        await op.dropObject("procedure", "tidy");
      },
      without,
    },
  ],
  replaceObject: [
    {
      title: "a function under a view, and an event",
      start: [
        notes,
        definedObject("function", "twice", twice("n * 2")),
        definedObject("event", "nightly", nightly("DISABLE")),
      ],
      rows,
      change: async (op) => {
        await op.createView("doubled", "SELECT twice(length) AS length FROM notes");
        await op.replaceObject("function", "twice", twice("n + n"));
        await op.replaceObject("event", "nightly", nightly("ENABLE"));
      },
      without,
    },
  ],
};
