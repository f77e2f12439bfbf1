import {
  bigint,
  boolean,
  bytes,
  char,
  check,
  date,
  decimal,
  double,
  foreignKey,
  index,
  integer,
  json,
  primaryKey,
  real,
  smallint,
  table,
  tableComment,
  tableOptions,
  text,
  time,
  timestamp,
  unique,
  uuid,
  varchar,
} from "../../../schema.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { lists, ROWS, todos, without } from "./todo-models.ts";

const EVERY_TYPE = {
  id: integer().primaryKey().autoIncrement(),
  text: text().default("a'b\\c"),
  varchar: varchar(20).default("x"),
  char: char(2).default("de"),
  smallint: smallint().default(-1),
  integer: integer().default(7),
  bigint: bigint().default(9),
  real: real().default(0.5),
  double: double().default(-0.25),
  decimal: decimal(10, 2).default("1.50"),
  boolean: boolean().default(true),
  date: date().default("2026-01-02"),
  time: time().default("03:04:05"),
  timestamp: timestamp().default("2026-01-02 03:04:05"),
  moment: timestamp({ timezone: true }).defaultNow(),
  json: json().default({ a: [1, "it's", null] }),
  uuid: uuid().default("00000000-0000-4000-8000-000000000001"),
  bytes: bytes(),
};

const TYPED_ROW = {
  id: 1,
  text: "ß\n",
  varchar: "it's",
  char: "en",
  smallint: -32_768,
  integer: 2_147_483_647,
  bigint: 2n ** 60n,
  real: 0.5,
  double: 0.1,
  decimal: "-12345678.90",
  boolean: false,
  date: "2026-11-26",
  time: "23:59:59",
  timestamp: new Date("2026-01-02T03:04:05.678Z"),
  moment: new Date("2026-01-02T03:04:05.678Z"),
  json: { list: [1, { deep: "x" }], nothing: null },
  uuid: "00000000-0000-4000-8000-00000000000a",
  bytes: new Uint8Array([0, 255, 39]),
};

/** Operations on whole tables. */
export const TABLE_CASES: Pick<
  ConformanceCases,
  "createTable" | "dropTable" | "renameTable" | "setTableComment" | "setTableOptions" | "alterTable"
> = {
  createTable: [
    {
      title: "with a column of every type, and a default for each",
      start: [lists],
      rows: { lists: [{ id: 1, name: "home" }] },
      change: async (op) => {
        await op.createTable("typed", EVERY_TYPE);
        await op.bulkInsert("typed", [TYPED_ROW]);
      },
      after: { typed: [TYPED_ROW] },
    },
    {
      title: "with constraints of every kind and indexes",
      start: [table("parents", { a: integer(), b: integer() }, [primaryKey(["a", "b"])])],
      change: (op) =>
        op.createTable("children", { id: integer().notNull(), a: integer(), b: integer(), name: text().collate("C") }, [
          primaryKey(["id"]),
          unique(["a", "b"], { deferrable: "initially deferred" }),
          check("a > 0 OR b < 0", { name: "positive" }),
          foreignKey(
            ["a", "b"],
            { table: "parents", columns: ["a", "b"] },
            { onDelete: "set null", onUpdate: "cascade", deferrable: "initially deferred" },
          ),
          index(["name", { column: "a", order: "desc" }], { where: "b IS NOT NULL" }),
          index([{ expression: "lower(name)" }], { unique: true, name: "ux_children_name" }),
        ]),
      without: {
        sqlite: "unique constraints are never deferred, and collations have other names",
        mysql: "nothing is ever deferred, and collations have other names",
      },
    },
    {
      title: "with constraints of every kind that any engine has",
      start: [table("parents", { a: integer(), b: integer() }, [primaryKey(["a", "b"])])],
      change: (op) =>
        op.createTable("children", { id: integer().primaryKey(), a: integer(), b: integer(), name: text().unique() }, [
          check("a > 0 OR b < 0"),
          foreignKey(["a", "b"], { table: "parents", columns: ["a", "b"] }, { onDelete: "cascade" }),
          index([{ expression: "lower(name)" }, { column: "a", order: "desc" }], {
            where: "b IS NOT NULL",
            name: "ix",
          }),
        ]),
      without: { mysql: "it has neither partial indexes nor indexes of expressions" },
    },
    {
      title: "with constraints of every kind and plain indexes",
      start: [table("parents", { a: integer(), b: integer() }, [primaryKey(["a", "b"])])],
      change: (op) =>
        op.createTable("children", { id: integer().primaryKey(), a: integer(), b: integer(), name: text().unique() }, [
          check("a > 0 OR b < 0"),
          foreignKey(["a", "b"], { table: "parents", columns: ["a", "b"] }, { onDelete: "cascade" }),
          unique(["b", "a"]),
          index([{ column: "a", order: "desc" }, "b"]),
        ]),
    },
    {
      title: "with columns that are computed",
      start: [],
      change: async (op) => {
        await op.createTable("sums", {
          a: integer(),
          b: integer(),
          total: integer().generatedAs("a + b", { storage: "stored" }),
        });
        await op.bulkInsert("sums", [{ a: 1, b: 2 }]);
      },
      after: { sums: [{ a: 1, b: 2, total: 3 }] },
    },
  ],
  dropTable: [
    {
      title: "that others don't need",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.dropTable("todos"),
      after: { lists: ROWS.lists },
    },
  ],
  renameTable: [
    {
      title: "that others point to",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.renameTable("lists", "folders"),
      after: { folders: ROWS.lists, todos: ROWS.todos },
    },
  ],
  setTableComment: [
    {
      title: "where there was another",
      start: [table("notes", { id: integer().primaryKey() }, [tableComment("it's old")])],
      change: (op) => op.createTableComment("notes", "new\nand longer"),
    },
  ],
  setTableOptions: [
    {
      title: "strict",
      start: [lists],
      rows: { lists: ROWS.lists },
      change: (op) => op.setTableOptions("lists", { sqlite: { strict: true } }),
      without: { postgres: "columns are always strict", mysql: "columns are always strict" },
    },
    {
      title: "logging and storage",
      start: [
        table("lists", { id: integer().primaryKey() }, [tableOptions({ postgres: { with: { fillfactor: "70" } } })]),
      ],
      rows: { lists: [{ id: 1 }] },
      change: (op) =>
        op.setTableOptions("lists", { postgres: { unlogged: true, with: { autovacuum_enabled: "false" } } }),
      without: { sqlite: "it has no such settings", mysql: "it has other ones" },
    },
    {
      title: "engine, text and partitions",
      start: [
        table(
          "notes",
          { id: integer().primaryKey(), name: varchar(20).notNull(), other: varchar(9).collate("ascii_bin") },
          [index(["name"]), tableOptions({ mysql: { rowFormat: "COMPRESSED" } })],
        ),
      ],
      rows: { notes: [{ id: 1, name: "ä", other: "x" }] },
      change: (op) =>
        op.setTableOptions("notes", {
          mysql: {
            collation: "utf8mb4_bin",
            settings: { stats_persistent: "1" },
            partitionBy:
              "RANGE (`id`) (PARTITION `p0` VALUES LESS THAN (10), PARTITION `p1` VALUES LESS THAN MAXVALUE)",
          },
        }),
      without: { sqlite: "it has no such settings", postgres: "it has other ones" },
    },
    {
      title: "another engine, and former rows",
      start: [table("notes", { id: integer().primaryKey(), name: varchar(20) })],
      rows: { notes: [{ id: 1, name: "a" }] },
      change: (op) => op.setTableOptions("notes", { mysql: { engine: "MyISAM", systemVersioned: true } }),
      without: { sqlite: "it has no such settings", postgres: "it has other ones" },
    },
  ],
  alterTable: [
    {
      title: "several changes at once",
      start: [lists, todos],
      rows: ROWS,
      change: (op) =>
        op.batchAlterTable("todos", (batch) => {
          batch.addColumn("note", text());
          batch.alterColumn("title", { type: text() });
          batch.dropColumn("done");
          batch.createIndex("ix_note", ["note", "title"]);
        }),
      after: { todos: without(ROWS.todos, "done").map((row) => ({ ...row, note: null })) },
    },
    {
      title: "a constraint and an index that only get another name",
      start: [
        table("names", { id: integer().primaryKey(), name: text() }, [
          unique(["name"], { name: "old_key" }),
          index(["name"], { name: "old_index" }),
        ]),
      ],
      rows: { names: [{ id: 1, name: "a" }] },
      change: (op) =>
        op.batchAlterTable("names", (batch) => {
          batch.dropConstraint("old_key");
          batch.dropIndex("old_index");
          batch.createUniqueConstraint("new_key", ["name"]);
          batch.createIndex("new_index", ["name"]);
        }),
    },
  ],
};
