import { integer, primaryKey, text, timestamp, varchar } from "../../../packages/limbeck/src/schema.ts";
import type { Operations } from "../../../packages/limbeck/src/index.ts";

/** The methods of `op`. */
export type OperationMethod = {
  readonly [Name in keyof Operations]: Operations[Name] extends (...args: never) => unknown ? Name : never;
}[keyof Operations];

/** How a method is used. */
export interface OperationExample {
  /** The call, which the page shows as it stands here. */
  readonly call: (op: Operations) => Promise<unknown>;
  /** What has to be there before it, besides the tables of `prepareTables`. Default nothing. */
  readonly before?: (op: Operations) => readonly Promise<unknown>[];
  /** The only engine that knows what the call holds; the others take words of their own. Default: it holds nothing that only one of them knows. */
  readonly writtenFor?: string;
  /** Where more is told, a document of the repository. */
  readonly see?: string;
}

/** The tables that the examples change. */
export const prepareTables = (op: Operations): readonly Promise<unknown>[] => [
  op.createTable("lists", { id: integer().primaryKey().autoIncrement(), name: varchar(80).notNull() }),
  op.createTable("todos", {
    id: integer().primaryKey().autoIncrement(),
    list_id: integer(),
    title: varchar(255).notNull(),
    priority: integer().notNull().default(0),
  }),
];

/** An example of every method; leaving one out does not compile. */
export const OPERATION_EXAMPLES: Readonly<Record<OperationMethod, OperationExample>> = {
  createTable: {
    call: (op) =>
      op.createTable("tags", { todo_id: integer().notNull().references("todos", "id"), name: varchar(40).notNull() }, [
        primaryKey(["todo_id", "name"]),
      ]),
  },
  dropTable: { call: (op) => op.dropTable("lists") },
  renameTable: { call: (op) => op.renameTable("todos", "tasks") },
  createTableComment: { call: (op) => op.createTableComment("todos", "What is to be done") },
  dropTableComment: {
    before: (op) => [op.createTableComment("todos", "What is to be done")],
    call: (op) => op.dropTableComment("todos"),
  },
  setTableOptions: {
    writtenFor: "SQLite",
    call: (op) => op.setTableOptions("todos", { sqlite: { strict: true } }),
  },
  addColumn: { call: (op) => op.addColumn("todos", "due_at", timestamp({ timezone: true })) },
  dropColumn: { call: (op) => op.dropColumn("todos", "priority") },
  renameColumn: { call: (op) => op.renameColumn("todos", "title", "name") },
  alterColumn: { call: (op) => op.alterColumn("todos", "title", { type: varchar(500), nullable: true }) },
  createPrimaryKey: {
    before: (op) => [op.createTable("tags", { todo_id: integer().notNull(), name: varchar(40).notNull() })],
    call: (op) => op.createPrimaryKey(null, "tags", ["todo_id", "name"]),
  },
  createUniqueConstraint: { call: (op) => op.createUniqueConstraint(null, "todos", ["title"]) },
  createCheckConstraint: { call: (op) => op.createCheckConstraint("ck_todos_priority", "todos", "priority >= 0") },
  createForeignKey: {
    call: (op) => op.createForeignKey(null, "todos", "lists", ["list_id"], ["id"], { onDelete: "set null" }),
  },
  dropConstraint: {
    before: (op) => [op.createUniqueConstraint("uq_todos_title", "todos", ["title"])],
    call: (op) => op.dropConstraint("uq_todos_title", "todos"),
  },
  createIndex: { call: (op) => op.createIndex(null, "todos", ["list_id"]) },
  dropIndex: {
    before: (op) => [op.createIndex("ix_todos_list_id", "todos", ["list_id"])],
    call: (op) => op.dropIndex("ix_todos_list_id", "todos"),
  },
  renameIndex: {
    before: (op) => [op.createIndex("ix_todos_list_id", "todos", ["list_id"])],
    call: (op) => op.renameIndex("todos", "ix_todos_list_id", "ix_todos_list"),
  },
  createView: { call: (op) => op.createView("urgent_todos", "SELECT id, title FROM todos WHERE priority > 5") },
  dropView: {
    before: (op) => [op.createView("urgent_todos", "SELECT id, title FROM todos WHERE priority > 5")],
    call: (op) => op.dropView("urgent_todos"),
  },
  createTrigger: {
    writtenFor: "SQLite",
    call: (op) =>
      op.createTrigger(
        "todos_keep",
        "todos",
        "CREATE TRIGGER todos_keep BEFORE DELETE ON todos BEGIN SELECT RAISE(ABORT, 'kept'); END",
      ),
  },
  dropTrigger: {
    writtenFor: "SQLite",
    before: (op) => [
      op.createTrigger(
        "todos_keep",
        "todos",
        "CREATE TRIGGER todos_keep BEFORE DELETE ON todos BEGIN SELECT RAISE(ABORT, 'kept'); END",
      ),
    ],
    call: (op) => op.dropTrigger("todos_keep", "todos"),
  },
  createEnum: { call: (op) => op.createEnum("mood", ["sad", "happy"]), see: "docs/postgres.md" },
  dropEnum: { before: (op) => [op.createEnum("mood", ["sad", "happy"])], call: (op) => op.dropEnum("mood") },
  alterEnum: {
    before: (op) => [op.createEnum("mood", ["sad", "happy"])],
    call: (op) => op.alterEnum("mood", ["sad", "calm", "happy"]),
    see: "docs/postgres.md",
  },
  renameEnumValue: {
    before: (op) => [op.createEnum("mood", ["sad", "happy"])],
    call: (op) => op.renameEnumValue("mood", "happy", "glad"),
  },
  createSequence: { call: (op) => op.createSequence("invoice_numbers", { start: "1000" }) },
  dropSequence: {
    before: (op) => [op.createSequence("invoice_numbers")],
    call: (op) => op.dropSequence("invoice_numbers"),
  },
  alterSequence: {
    before: (op) => [op.createSequence("invoice_numbers")],
    call: (op) => op.alterSequence("invoice_numbers", { increment: "10" }),
  },
  createObject: {
    writtenFor: "PostgreSQL",
    call: (op) => op.createObject("procedure", "forget()", "CREATE PROCEDURE forget() LANGUAGE SQL DELETE FROM todos"),
  },
  dropObject: {
    writtenFor: "PostgreSQL",
    before: (op) => [
      op.createObject("procedure", "forget()", "CREATE PROCEDURE forget() LANGUAGE SQL DELETE FROM todos"),
    ],
    call: (op) => op.dropObject("procedure", "forget()"),
  },
  replaceObject: {
    writtenFor: "PostgreSQL",
    before: (op) => [
      op.createObject("procedure", "forget()", "CREATE PROCEDURE forget() LANGUAGE SQL DELETE FROM todos"),
    ],
    call: (op) => op.replaceObject("procedure", "forget()", "CREATE PROCEDURE forget() LANGUAGE SQL DELETE FROM lists"),
  },
  batchAlterTable: {
    call: (op) =>
      op.batchAlterTable("todos", (batch) => {
        batch.addColumn("notes", text());
        batch.alterColumn("title", { type: varchar(500) });
        batch.createUniqueConstraint(null, ["title"]);
      }),
    see: "docs/sqlite.md",
  },
  enableSoftDelete: { call: (op) => op.enableSoftDelete("todos", { unique: [["title"]] }), see: "docs/soft-delete.md" },
  disableSoftDelete: {
    before: (op) => [op.enableSoftDelete("todos")],
    call: (op) => op.disableSoftDelete("todos"),
    see: "docs/soft-delete.md",
  },
  execute: { call: (op) => op.execute("UPDATE todos SET priority = 9 WHERE priority > 9") },
  query: { call: (op) => op.query("SELECT id FROM todos WHERE priority > ?", [5]) },
  bulkInsert: { call: (op) => op.bulkInsert("lists", [{ name: "home" }, { name: "work" }]), see: "docs/types.md" },
  backfill: {
    call: (op) => op.backfill("todos", { set: { priority: "priority + 1" }, where: "priority < 9", batchSize: 5000 }),
    see: "docs/runner.md",
  },
  invoke: { call: (op) => op.invoke({ kind: "renameTable", from: "todos", to: "tasks" }) },
  autocommit: {
    writtenFor: "PostgreSQL",
    call: (op) =>
      op.autocommit(async () => {
        await op.execute("CREATE INDEX CONCURRENTLY ix_todos_title ON todos (title)");
      }),
    see: "docs/runner.md",
  },
};
