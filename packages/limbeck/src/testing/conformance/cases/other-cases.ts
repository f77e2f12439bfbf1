import { defineOperation, type MakeOperation } from "../../../ops/custom/define-operation.ts";
import { integer, table, text, trigger, view } from "../../../schema.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { lists, ROWS, todos } from "./todo-models.ts";

const audited = table("audited", { id: integer().primaryKey(), name: text() });
const SQLITE_TRIGGER = "CREATE TRIGGER guard BEFORE DELETE ON audited BEGIN SELECT RAISE(IGNORE); END";
const POSTGRES_TRIGGER =
  "CREATE TRIGGER guard BEFORE UPDATE ON audited FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()";
const MARIADB_TRIGGER =
  "CREATE TRIGGER `guard` BEFORE UPDATE ON `audited` FOR EACH ROW BEGIN IF NEW.name = 'x;' THEN SET NEW.name = 'y'; END IF; END";
const OTHER_WORDS = "triggers are written in other words there";
/** An operation of a project's own: it changes rows, and nothing of the schema. */
const renameAll: MakeOperation<string> = defineOperation<string>({
  name: "renameAll",
  module: import.meta.url,
  describe: (name) => `name all ${name}`,
  compile: (name) => [`UPDATE audited SET name = '${name}'`],
  reverse: (name) => renameAll(name),
  affects: () => [],
});
const rows = { audited: [{ id: 1, name: "a" }] } as const;

/** Operations on views and triggers, raw SQL and rows. */
export const OTHER_CASES: Pick<
  ConformanceCases,
  "createView" | "dropView" | "createTrigger" | "dropTrigger" | "execute" | "custom" | "bulkInsert"
> = {
  createView: [
    {
      title: "of two tables, with names for its columns",
      start: [lists, todos],
      rows: ROWS,
      change: (op) =>
        op.createView("titles", "SELECT lists.name, todos.title FROM lists JOIN todos ON todos.list_id = lists.id", {
          columns: ["list", "todo"],
        }),
    },
  ],
  dropView: [
    {
      title: "that nothing selects from",
      start: [lists, view("names", "SELECT name FROM lists")],
      rows: { lists: ROWS.lists },
      change: (op) => op.dropView("names"),
    },
  ],
  createTrigger: [
    {
      title: "of MySQL and MariaDB, with a body",
      start: [audited],
      rows,
      change: (op) => op.createTrigger("guard", "audited", MARIADB_TRIGGER),
      without: { sqlite: OTHER_WORDS, postgres: OTHER_WORDS },
    },
    {
      title: "of SQLite",
      start: [audited],
      rows,
      change: (op) => op.createTrigger("guard", "audited", SQLITE_TRIGGER),
      without: { postgres: OTHER_WORDS, mysql: OTHER_WORDS },
    },
    {
      title: "of PostgreSQL",
      start: [audited],
      rows,
      change: (op) => op.createTrigger("guard", "audited", POSTGRES_TRIGGER),
      without: { sqlite: OTHER_WORDS, mysql: OTHER_WORDS },
    },
  ],
  dropTrigger: [
    {
      title: "of MySQL and MariaDB",
      start: [audited, trigger("guard", { table: "audited", definition: MARIADB_TRIGGER })],
      rows,
      change: (op) => op.dropTrigger("guard"),
      without: { sqlite: OTHER_WORDS, postgres: OTHER_WORDS },
    },
    {
      title: "of SQLite",
      start: [audited, trigger("guard", { table: "audited", definition: SQLITE_TRIGGER })],
      rows,
      change: (op) => op.dropTrigger("guard"),
      without: { postgres: OTHER_WORDS, mysql: OTHER_WORDS },
    },
    {
      title: "of PostgreSQL, where another table has one of that name",
      start: [
        audited,
        lists,
        trigger("guard", { table: "audited", definition: POSTGRES_TRIGGER }),
        trigger("guard", { table: "lists", definition: POSTGRES_TRIGGER.replace("ON audited", "ON lists") }),
      ],
      rows,
      change: (op) => op.dropTrigger("guard", "audited"),
      without: { sqlite: OTHER_WORDS, mysql: OTHER_WORDS },
    },
  ],
  execute: [
    {
      title: "that says what it does",
      start: [audited],
      rows,
      change: (op) =>
        op.execute("UPDATE audited SET name = 'b'; CREATE TABLE made (id integer)", {
          affects: [
            {
              kind: "createTable",
              table: {
                name: "made",
                columns: [{ name: "id", type: { kind: "integer" }, nullable: true }],
                constraints: [],
                indexes: [],
              },
            },
          ],
        }),
      after: { audited: [{ id: 1, name: "b" }], made: [] },
    },
  ],
  custom: [
    {
      title: "that says what it does",
      start: [audited],
      rows,
      change: (op) => op.invoke(renameAll("b")),
      after: { audited: [{ id: 1, name: "b" }] },
    },
  ],
  bulkInsert: [
    {
      title: "many rows, some with fewer columns",
      start: [audited],
      change: (op) =>
        op.bulkInsert("audited", [{ id: 1, name: "a" }, { id: 2 }, { id: 3, name: null }, { id: 4, name: "it's" }]),
      after: {
        audited: [
          { id: 1, name: "a" },
          { id: 2, name: null },
          { id: 3, name: null },
          { id: 4, name: "it's" },
        ],
      },
    },
  ],
};
