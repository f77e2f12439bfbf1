import { definedObject, enumType, integer, raw, sequence, table, text, view } from "../../../schema.ts";
import type { Operation, OperationKind } from "../../../ops/operation.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { MARIADB_OBJECT_CASES, MARIADB_SEQUENCE_CASES } from "./mariadb-object-cases.ts";

/** Engines without enums, or with other objects that are kept as definitions; that they say so is tested as well. */
const without = { sqlite: "SQLite has none of them", mysql: "MariaDB has none of them, or others" } as const;
const withoutSequences = { sqlite: "SQLite has none of them" } as const;

const status = enumType("status", ["open", "done"]);
const tasks = table("tasks", {
  id: integer().primaryKey(),
  status: status.column().notNull().default("open"),
  history: raw("status[]").nullable(),
});
const busyTasks = table(
  "tasks",
  {
    id: integer().primaryKey(),
    status: status.column().notNull().default("open").check("status <> 'done' OR id > 0"),
    history: raw("status[]").nullable(),
    is_open: raw("boolean").generatedAs("status = 'open'", { storage: "stored" }),
  },
  [{ kind: "index", index: { name: "ix_open", parts: [{ column: "id" }], unique: false, where: "status = 'open'" } }],
);
const rows = {
  tasks: [
    { id: 1, status: "open", history: "{open,done}" },
    { id: 2, status: "done", history: null },
  ],
} as const;

const numbers = sequence("numbers", { start: "100", increment: "5" });
const add = (body: string): string =>
  `CREATE FUNCTION add_up(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT ${body}$$`;
const ADD = "add_up(integer, integer)";
const amounts = table("amounts", { id: integer().primaryKey(), amount: raw("positive") });
const positive = definedObject("domain", "positive", "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)");
const plain = table("notes", { id: integer().primaryKey(), body: text() });

/** Operations on enums, sequences and objects that are kept as their definitions. */
export const OBJECT_CASES: Pick<
  ConformanceCases,
  | "createEnum"
  | "dropEnum"
  | "alterEnum"
  | "renameEnumValue"
  | "createSequence"
  | "dropSequence"
  | "alterSequence"
  | "createObject"
  | "dropObject"
  | "replaceObject"
> = {
  createEnum: [
    {
      title: "and a column of it",
      start: [plain],
      rows: { notes: [{ id: 1, body: "a" }] },
      change: async (op) => {
        await op.createEnum("status", ["open", "it's done"]);
        await op.addColumn("notes", "status", raw("status").notNull().default("it's done"));
      },
      after: { notes: [{ id: 1, body: "a", status: "it's done" }] },
      without,
    },
  ],
  dropEnum: [{ title: "that no column is of", start: [status, plain], change: (op) => op.dropEnum("status"), without }],
  alterEnum: [
    {
      title: "by values that come between others",
      start: [status, tasks],
      rows,
      change: (op) => op.alterEnum("status", ["new", "open", "waiting", "done", "gone"]),
      without,
    },
    {
      title: "by another order, under columns, lists, defaults, checks, indexes, computed columns and views",
      start: [
        status,
        busyTasks,
        view("open_tasks", "SELECT id FROM tasks WHERE status = 'open'"),
        view("open_ids", "SELECT id FROM open_tasks"),
      ],
      rows,
      change: (op) => op.alterEnum("status", ["done", "open"]),
      without,
    },
    {
      title: "by taking away a value that no row holds",
      start: [enumType("status", ["open", "waiting", "done"]), busyTasks],
      rows,
      change: (op) => op.alterEnum("status", ["open", "done"]),
      without,
    },
    {
      title: "by a value that is used at once",
      start: [status, tasks],
      rows,
      change: async (op) => {
        await op.alterEnum("status", ["open", "done", "new"], { rebuild: true });
        await op.alterColumn("tasks", "status", { default: "new" });
      },
      without,
    },
  ],
  renameEnumValue: [
    {
      title: "that rows and a default hold",
      start: [status, tasks],
      rows,
      change: (op) => op.renameEnumValue("status", "open", "to do"),
      after: {
        tasks: [
          { id: 1, status: "to do", history: '{"to do",done}' },
          { id: 2, status: "done", history: null },
        ],
      },
      without,
    },
  ],
  createSequence: [
    {
      title: "that counts in its own way",
      start: [plain],
      change: (op) =>
        op.createSequence("numbers", { start: "-1", increment: "-2", minimum: "-99", cache: "7", cycle: true }),
      without: withoutSequences,
    },
    {
      title: "of a type",
      start: [plain],
      change: (op) => op.createSequence("numbers", { type: "integer", maximum: "99" }),
      without,
    },
    MARIADB_SEQUENCE_CASES.createSequence,
  ],
  dropSequence: [
    {
      title: "that nothing uses",
      start: [numbers, plain],
      change: (op) => op.dropSequence("numbers"),
      without: withoutSequences,
    },
    MARIADB_SEQUENCE_CASES.dropSequence,
  ],
  alterSequence: [
    {
      title: "in every way",
      start: [numbers, plain],
      change: (op) =>
        op.alterSequence("numbers", {
          type: "integer",
          increment: null,
          start: "7",
          minimum: "7",
          maximum: "999",
          cache: "3",
          cycle: true,
          ownedBy: { table: "notes", column: "id" },
        }),
      without,
    },
    {
      title: "by its steps and its bounds",
      start: [numbers, plain],
      change: (op) => op.alterSequence("numbers", { increment: "2", minimum: "50", cache: "9", cycle: true }),
      without: withoutSequences,
    },
    MARIADB_SEQUENCE_CASES.alterSequence,
  ],
  createObject: [
    {
      title: "a schema, a table in it, and a function with a body",
      start: [],
      change: async (op) => {
        await op.createObject("schema", "app", "CREATE SCHEMA app");
        await op.createTable("app.notes", { id: integer().primaryKey(), body: text().notNull() });
        await op.createIndex("ix_body", "app.notes", ["body"]);
        await op.bulkInsert("app.notes", [{ id: 1, body: "a" }]);
        await op.createObject("function", ADD, add("a + b"));
        await op.createObject(
          "policy",
          "readers on app.notes",
          "CREATE POLICY readers ON app.notes FOR SELECT USING (add_up(id, 1) > 1)",
          { table: "app.notes" },
        );
      },
      without,
    },
    ...MARIADB_OBJECT_CASES.createObject,
  ],
  dropObject: [
    {
      title: "a materialized view and a note on it",
      start: [
        plain,
        definedObject("materialized view", "bodies", "CREATE MATERIALIZED VIEW bodies AS SELECT body FROM notes"),
        definedObject("comment", "on materialized view bodies", "COMMENT ON MATERIALIZED VIEW bodies IS 'it''s all'", {
          table: "bodies",
        }),
      ],
      rows: { notes: [{ id: 1, body: "a" }] },
      change: async (op) => {
        await op.dropObject("comment", "on materialized view bodies");
        await op.dropObject("materialized view", "bodies");
      },
      without,
    },
    ...MARIADB_OBJECT_CASES.dropObject,
  ],
  replaceObject: [
    {
      title: "a function in its place, under a check that calls it",
      start: [
        definedObject("function", ADD, add("a + b")),
        table("notes", { id: integer().primaryKey().check("add_up(id, 0) >= 0", "ck_sum") }),
      ],
      rows: { notes: [{ id: 1 }] },
      change: (op) => op.replaceObject("function", ADD, add("b + a")),
      without,
    },
    {
      title: "a domain that a column is of",
      start: [positive, amounts],
      rows: { amounts: [{ id: 1, amount: 5 }] },
      change: (op) =>
        op.replaceObject(
          "domain",
          "positive",
          "CREATE DOMAIN positive AS integer\n  DEFAULT 1\n  NOT NULL\n  CONSTRAINT few CHECK ((VALUE < 10))",
        ),
      without,
    },
    {
      title: "a materialized view, with what speaks of it",
      start: [
        plain,
        definedObject("materialized view", "bodies", "CREATE MATERIALIZED VIEW bodies AS SELECT body FROM notes"),
        definedObject("index", "ix_bodies", "CREATE UNIQUE INDEX ix_bodies ON bodies (body)", { table: "bodies" }),
        view("some_bodies", "SELECT body FROM bodies"),
      ],
      rows: { notes: [{ id: 1, body: "a" }] },
      change: (op) =>
        op.replaceObject(
          "materialized view",
          "bodies",
          "CREATE MATERIALIZED VIEW bodies AS SELECT body, id FROM notes",
        ),
      without,
    },
    ...MARIADB_OBJECT_CASES.replaceObject,
  ],
};

/** One operation of each kind, for asking an engine that has no such objects. */
export const OBJECT_SAMPLES: Partial<Readonly<Record<OperationKind, Operation>>> = {
  createEnum: { kind: "createEnum", enum: status.enum },
  dropEnum: { kind: "dropEnum", enum: status.enum },
  alterEnum: { kind: "alterEnum", name: "status", from: ["open", "done"], to: ["done", "open"] },
  renameEnumValue: { kind: "renameEnumValue", name: "status", from: "open", to: "new" },
  createSequence: { kind: "createSequence", sequence: numbers.sequence },
  dropSequence: { kind: "dropSequence", sequence: numbers.sequence },
  alterSequence: { kind: "alterSequence", from: numbers.sequence, to: { name: "numbers" } },
  createObject: { kind: "createObject", object: positive.object },
  dropObject: { kind: "dropObject", object: positive.object },
  replaceObject: { kind: "replaceObject", from: positive.object, to: positive.object },
};
