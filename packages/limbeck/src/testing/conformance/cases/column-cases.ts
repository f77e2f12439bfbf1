import { bigint, boolean, decimal, integer, index, json, table, text, timestamp, varchar } from "../../../schema.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { lists, ROWS, todos, without } from "./todo-models.ts";

const numbered = table("numbered", { id: integer().primaryKey(), name: text() });

/** Operations on columns. */
export const COLUMN_CASES: Pick<ConformanceCases, "addColumn" | "dropColumn" | "renameColumn" | "alterColumn"> = {
  addColumn: [
    {
      title: "with a default and a check",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.addColumn("todos", "priority", integer().notNull().default(3).check("priority > 0")),
      after: { todos: ROWS.todos.map((row) => ({ ...row, priority: 3 })) },
    },
    {
      title: "with a note",
      start: [lists],
      rows: { lists: ROWS.lists },
      change: (op) => op.addColumn("lists", "color", text().comment("it's #rrggbb")),
      after: { lists: [{ id: 1, name: "home", color: null }] },
      without: { sqlite: "it keeps no notes" },
    },
    {
      title: "that points to another table",
      start: [lists, todos],
      rows: ROWS,
      change: (op) =>
        op.addColumn("todos", "other_list", integer().references("lists", "id", { onDelete: "set null" })),
    },
  ],
  dropColumn: [
    {
      title: "from the middle",
      start: [lists, todos],
      rows: ROWS,
      change: (op) => op.dropColumn("todos", "done"),
      after: { todos: without(ROWS.todos, "done") },
    },
  ],
  renameColumn: [
    {
      title: "that an index and a reference speak of",
      start: [lists, todos, table("tags", { todo: integer().references("todos", "id") }, [index(["todo"])])],
      rows: { ...ROWS, tags: [{ todo: 1 }] },
      change: async (op) => {
        await op.renameColumn("todos", "id", "number");
        await op.renameColumn("tags", "todo", "todo_number");
      },
      after: { todos: ROWS.todos.map(({ id, ...rest }) => ({ number: id, ...rest })), tags: [{ todo_number: 1 }] },
    },
    {
      title: "that a check speaks of as well",
      start: [lists, todos, table("tags", { todo: integer().references("todos", "id") }, [index(["todo"])])],
      rows: { ...ROWS, tags: [{ todo: 1 }] },
      change: async (op) => {
        await op.renameColumn("todos", "title", "name");
        await op.renameColumn("todos", "id", "number");
        await op.renameColumn("tags", "todo", "todo_number");
      },
      after: {
        todos: ROWS.todos.map(({ title, id, ...rest }) => ({ number: id, name: title, ...rest })),
        tags: [{ todo_number: 1 }],
      },
      without: { sqlite: "it writes the check with other quotation marks" },
    },
  ],
  alterColumn: [
    {
      title: "type, null and default at once",
      start: [table("t", { id: integer().primaryKey(), price: integer().notNull().default(1) })],
      rows: { t: [{ id: 1, price: 5 }] },
      change: (op) => op.alterColumn("t", "price", { type: decimal(10, 2), nullable: true, default: "2.50" }),
      after: { t: [{ id: 1, price: "5.00" }] },
    },
    {
      title: "to one with another note",
      start: [table("t", { id: integer().primaryKey().comment("old") })],
      change: (op) => op.alterColumn("t", "id", { comment: "new" }),
      without: { sqlite: "it keeps no notes" },
    },
    {
      title: "text that holds numbers to numbers",
      start: [table("t", { id: integer().primaryKey(), amount: text().default("7") })],
      rows: { t: [{ id: 1, amount: "12" }] },
      change: (op) => op.alterColumn("t", "amount", { type: integer(), default: 7 }),
      after: { t: [{ id: 1, amount: 12 }] },
    },
    {
      title: "numbers to booleans and back",
      start: [table("t", { id: integer().primaryKey(), flag: integer().notNull() })],
      rows: {
        t: [
          { id: 1, flag: 1 },
          { id: 2, flag: 0 },
        ],
      },
      change: (op) => op.alterColumn("t", "flag", { type: boolean() }),
      after: {
        t: [
          { id: 1, flag: true },
          { id: 2, flag: false },
        ],
      },
    },
    {
      title: "text to JSON",
      start: [table("t", { id: integer().primaryKey(), data: text() })],
      rows: { t: [{ id: 1, data: '{"a":1}' }] },
      change: (op) => op.alterColumn("t", "data", { type: json() }),
      after: { t: [{ id: 1, data: { a: 1 } }] },
    },
    {
      title: "to one that gets NULL no more, and the clock as default",
      start: [table("t", { id: integer().primaryKey(), at: timestamp({ timezone: true }) })],
      rows: { t: [{ id: 1, at: new Date("2026-01-01T00:00:00Z") }] },
      change: (op) => op.alterColumn("t", "at", { nullable: false, defaultNow: true }),
    },
    {
      title: "that numbers its rows from now on, after those that are there",
      start: [numbered],
      rows: { numbered: [{ id: 41, name: "a" }] },
      change: async (op) => {
        await op.alterColumn("numbered", "id", { autoIncrement: true });
        await op.invoke({ kind: "bulkInsert", table: "numbered", rows: [{ name: "b" }] });
      },
      after: {
        numbered: [
          { id: 41, name: "a" },
          { id: 42, name: "b" },
        ],
      },
    },
    {
      title: "that another one is computed from, and that an index holds",
      start: [
        table(
          "t",
          { id: integer().primaryKey(), a: integer(), twice: integer().generatedAs("a * 2", { storage: "stored" }) },
          [index(["twice", "a"])],
        ),
      ],
      rows: { t: [{ id: 1, a: 4 }] },
      change: (op) => op.alterColumn("t", "a", { type: bigint() }),
      after: { t: [{ id: 1, a: 4n, twice: 8 }] },
    },
    {
      title: "that is computed in another way",
      start: [
        table("t", {
          id: integer().primaryKey(),
          a: integer(),
          b: integer().generatedAs("a * 2", { storage: "stored" }),
        }),
      ],
      rows: { t: [{ id: 1, a: 4 }] },
      change: (op) => op.alterColumn("t", "b", { generatedAs: { expression: "a * 3", storage: "stored" } }),
      after: { t: [{ id: 1, a: 4, b: 12 }] },
    },
    {
      title: "that gets shorter than it was, where all fits",
      start: [table("t", { id: integer().primaryKey(), name: varchar(80).notNull() })],
      rows: { t: [{ id: 1, name: "short" }] },
      change: (op) => op.alterColumn("t", "name", { type: varchar(10) }),
    },
  ],
};
