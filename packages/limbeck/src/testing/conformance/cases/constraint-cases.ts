import { check, foreignKey, index, integer, primaryKey, raw, table, text, unique } from "../../../schema.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { lists, ROWS, todos } from "./todo-models.ts";

const plain = table("plain", { a: integer().notNull(), b: integer(), name: text() });
const PLAIN_ROWS = {
  plain: [
    { a: 1, b: 2, name: "x" },
    { a: 2, b: null, name: "y" },
  ],
} as const;

const NO_PARTIAL_INDEXES = "an index holds all rows of its table";
const NO_EXPRESSIONS = "MySQL has indexes of expressions, MariaDB has not";

/** Operations on constraints and indexes. */
export const CONSTRAINT_CASES: Pick<
  ConformanceCases,
  "addConstraint" | "dropConstraint" | "createIndex" | "dropIndex" | "renameIndex"
> = {
  addConstraint: [
    {
      title: "a primary key",
      start: [plain],
      rows: PLAIN_ROWS,
      change: (op) => op.createPrimaryKey(null, "plain", ["a"]),
    },
    {
      title: "a unique one",
      start: [plain],
      rows: PLAIN_ROWS,
      change: (op) => op.createUniqueConstraint(null, "plain", ["a", "b"]),
    },
    {
      title: "a check",
      start: [plain],
      rows: PLAIN_ROWS,
      change: (op) => op.createCheckConstraint(null, "plain", "a + coalesce(b, 0) > 0"),
    },
    {
      title: "a foreign key",
      start: [lists, plain],
      rows: { lists: ROWS.lists, plain: [{ a: 1, b: 1, name: "x" }] },
      change: (op) =>
        op.createForeignKey("to_lists", "plain", "lists", ["b"], ["id"], {
          onDelete: "set null",
          onUpdate: "cascade",
          match: "simple",
        }),
    },
    {
      title: "what only PostgreSQL has",
      start: [lists, plain],
      rows: { lists: ROWS.lists, plain: [{ a: 1, b: 7, name: "x" }] },
      change: async (op) => {
        await op.createPrimaryKey("pk", "plain", ["a"], {
          options: { postgres: { include: ["b"], deferrable: "initially deferred" } },
        });
        await op.createUniqueConstraint("uq", "plain", ["b"], {
          options: { postgres: { nullsNotDistinct: true, with: { fillfactor: "80" } } },
        });
        await op.createCheckConstraint("ck", "plain", "b < 5", {
          options: { postgres: { notValid: true, noInherit: true } },
        });
        await op.createForeignKey("fk", "plain", "lists", ["b"], ["id"], {
          onDelete: "set null",
          options: { postgres: { notValid: true, onDeleteColumns: ["b"] } },
        });
      },
      without: { sqlite: "it has none of these", mysql: "it has none of these" },
    },
  ],
  dropConstraint: [
    {
      title: "each of a table",
      start: [
        lists,
        table("plain", { a: integer().notNull(), b: integer() }, [
          primaryKey(["a"]),
          unique(["b"]),
          check("b > 0"),
          foreignKey(["b"], { table: "lists", columns: ["id"] }),
        ]),
      ],
      rows: { lists: ROWS.lists, plain: [{ a: 1, b: 1 }] },
      change: async (op) => {
        await op.dropConstraint("fk_plain_b_lists", "plain");
        await op.dropConstraint("ck_plain_1", "plain");
        await op.dropConstraint("uq_plain_b", "plain");
        await op.dropConstraint("pk_plain", "plain");
      },
    },
  ],
  createIndex: [
    {
      title: "that is unique, in the place of one that was dropped",
      start: [table("t", { id: integer().primaryKey(), n: integer() }, [index(["n"], { unique: true })])],
      rows: { t: [{ id: 1, n: 1 }] },
      change: async (op) => {
        await op.dropIndex("ix_t_n", "t");
        await op.createIndex("again", "t", ["n"], { unique: true });
      },
    },
    {
      title: "of columns, descending and unique",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.createIndex(null, "todos", ["title", { column: "id", order: "desc" }], { unique: true }),
    },
    {
      title: "what only MySQL and MariaDB have",
      start: [table("t", { id: integer().primaryKey(), name: text(), n: integer(), place: raw("point").notNull() })],
      change: async (op) => {
        await op.createIndex("beginning", "t", [{ column: "name", options: { mysql: { length: 20 } } }, "n"], {
          options: { mysql: { comment: "it's the start", unused: true } },
        });
        await op.createIndex("words", "t", ["name"], { options: { mysql: { kind: "fulltext" } } });
        await op.createIndex("places", "t", ["place"], { options: { mysql: { kind: "spatial" } } });
        await op.createIndex("first_words", "t", [{ column: "name", options: { mysql: { length: 5 } } }], {
          unique: true,
        });
      },
      without: { sqlite: "it has none of these", postgres: "it has none of these" },
    },
    {
      title: "of columns, descending, partial and unique",
      start: [lists, todos],
      rows: ROWS,
      change: (op) =>
        op.createIndex(null, "todos", ["title", { column: "id", order: "desc" }], {
          unique: true,
          where: "list_id IS NOT NULL",
        }),
      without: { mysql: NO_PARTIAL_INDEXES },
    },
    {
      title: "of an expression",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.createIndex("by_length", "todos", [{ expression: "length(title) + id" }]),
      without: { mysql: NO_EXPRESSIONS },
    },
    {
      title: "what only PostgreSQL has",
      start: [table("t", { id: integer().primaryKey(), name: text(), n: integer() })],
      change: async (op) => {
        await op.createIndex("opc", "t", [
          { column: "name", collation: "C", options: { postgres: { operatorClass: "text_pattern_ops" } } },
        ]);
        await op.createIndex("nulls", "t", [
          { column: "n", order: "desc", options: { postgres: { nulls: "last" } } },
          { column: "id", options: { postgres: { nulls: "first" } } },
        ]);
        await op.createIndex("hashed", "t", ["n"], { options: { postgres: { method: "hash" } } });
        await op.createIndex("covering", "t", ["n"], {
          unique: true,
          options: { postgres: { include: ["name"], nullsNotDistinct: true, with: { fillfactor: "60" } } },
        });
      },
      without: { sqlite: "it has none of these", mysql: "it has none of these" },
    },
  ],
  dropIndex: [
    {
      title: "that a foreign key does without from then on",
      start: [
        lists,
        table("plain", { a: integer().notNull(), b: integer() }, [
          foreignKey(["b"], { table: "lists", columns: ["id"] }),
          index(["b", "a"]),
        ]),
      ],
      rows: { lists: ROWS.lists, plain: [{ a: 1, b: 1 }] },
      change: (op) => op.dropIndex("ix_plain_b_a", "plain"),
    },
    {
      title: "with a condition",
      start: [table("t", { id: integer().primaryKey(), n: integer() }, [index(["n"], { where: "n > 0" })])],
      rows: { t: [{ id: 1, n: 1 }] },
      change: (op) => op.dropIndex("ix_t_n", "t"),
      without: { mysql: NO_PARTIAL_INDEXES },
    },
  ],
  renameIndex: [
    {
      title: "of an expression",
      start: [
        table("t", { id: integer().primaryKey(), n: text() }, [index([{ expression: "lower(n)" }], { name: "old" })]),
      ],
      rows: { t: [{ id: 1, n: "A" }] },
      change: (op) => op.renameIndex("t", "old", "new"),
      without: { mysql: NO_EXPRESSIONS },
    },
    {
      title: "of columns",
      start: [table("t", { id: integer().primaryKey(), n: integer() }, [index(["n"], { name: "old" })])],
      rows: { t: [{ id: 1, n: 1 }] },
      change: (op) => op.renameIndex("t", "old", "new"),
    },
  ],
};
