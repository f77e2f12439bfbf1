import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import type { Database } from "../../learner.ts";
import { run, sql, write } from "../../step.ts";
import { projectOn, writeModels, writeRevision } from "../small-project.ts";

const MODELS = `export const lists = table("lists", {
  id: integer().primaryKey().autoIncrement(),
  name: varchar(255)NULLABLE,
});

export const todos = table(
  "todos",
  { id: integer().primaryKey().autoIncrement(), list_id: integer().notNull(), title: varchar(255).notNull() },
  [foreignKey(["list_id"], { table: "lists", columns: ["id"] }, { onDelete: "cascade" })],
);`;

const ROWS =
  "INSERT INTO lists (id, name) VALUES (1, 'Home'), (2, 'Work'); INSERT INTO todos (id, list_id, title) VALUES (1, 1, 'Buy milk'), (2, 1, 'Water the plants'), (3, 2, 'Call back')";

const SCRIPT = `PRAGMA foreign_keys = ON;
BEGIN;
CREATE TABLE new_lists (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255) NOT NULL);
INSERT INTO new_lists SELECT id, name FROM lists;
DROP TABLE lists;
ALTER TABLE new_lists RENAME TO lists;
COMMIT;
`;

const CHANGE = {
  id: "002",
  below: "001",
  message: "lists need a name",
  up: 'await op.alterColumn("lists", "name", { nullable: false });',
  down: 'await op.alterColumn("lists", "name", { nullable: true });',
};

const countTodos = async (database: Database): Promise<number> => (await database.query("SELECT id FROM todos")).length;

const ownTodosStay: Check = {
  title: "All three todos are still there",
  find: async (learner) => {
    const left = await countTodos(await learner.open());
    return left >= 3
      ? undefined
      : finding(
          "children-gone",
          `Of three todos ${left} are left: SQLite deletes all rows before it drops a table, and ON DELETE CASCADE took the todos along.`,
          "limbeck learn reset, and leave rebuild.sql alone",
        );
  },
};

const revisionDoes: Check = {
  title: "A revision makes lists.name NOT NULL, and keeps lists and todos, up and down",
  find: async (learner) => {
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: "001" });
    await database.execute(...ROWS.split(";"));
    await database.limbeck.upgrade({ target: "head" });
    const columns = await database.query(
      "SELECT \"notnull\" AS needed FROM pragma_table_info('lists') WHERE name = 'name'",
    );
    if (columns[0]?.["needed"] !== 1)
      return finding(
        "still-nullable",
        "After the revisions lists.name may still be NULL.",
        'limbeck revision --autogenerate -m "lists need a name"',
      );
    if ((await countTodos(database)) < 3)
      return finding(
        "children-gone-in-the-revision",
        "The revision loses todos.",
        "Use op.alterColumn instead of SQL of your own",
      );
    await database.limbeck.downgrade({ target: "-1", allowDataLoss: true });
    return (await countTodos(database)) === 3
      ? undefined
      : finding("children-gone-on-the-way-back", "The downgrade loses todos.", "Use op.alterColumn in downgrade() too");
  },
};

/** Exercise 22. */
export const rebuild: Exercise = {
  id: "22-rebuild",
  part: "Break it, and mend it",
  title: "A rebuild that takes the children along",
  minutes: 7,
  folder: "labs/rebuild",
  text: [
    "SQLite cannot make a column NOT NULL. So people build a new table, copy the rows, and drop the old one, as in rebuild.sql. Guess what becomes of the todos, whose foreign key says ON DELETE CASCADE; then try it, if you like, and take it back with `limbeck learn undo`:",
    "    sqlite3 todo.db < rebuild.sql",
    "models.ts says by now that a list needs a name. Make the change with a revision, apply it, and lose no todo.",
  ],
  start: [
    ...projectOn("sqlite"),
    writeModels(MODELS.replace("NULLABLE", "")),
    writeRevision({
      id: "001",
      below: null,
      message: "create lists and todos",
      up: `await op.createTable("lists", { id: integer().primaryKey().autoIncrement(), name: varchar(255) });
await op.createTable("todos", {
  id: integer().primaryKey().autoIncrement(),
  list_id: integer().notNull(),
  title: varchar(255).notNull(),
});
await op.createForeignKey("fk_todos_list_id_lists", "todos", "lists", ["list_id"], ["id"], { onDelete: "cascade" });`,
      down: 'await op.dropTable("todos");\nawait op.dropTable("lists");',
    }),
    run("upgrade", "head"),
    sql(ROWS),
    writeModels(MODELS.replace("NULLABLE", ".notNull()")),
    write("rebuild.sql", SCRIPT),
  ],
  checks: [ownTodosStay, revisionDoes, APPLIED],
  hints: [
    "The models have the change already: it can be generated.",
    "op.alterColumn rebuilds the table too, with the care that SQLite asks for.",
    'Type  limbeck revision --autogenerate -m "lists need a name"  then  limbeck upgrade head',
  ],
  solution: [run("revision", "--autogenerate", "-m", "lists need a name"), run("upgrade", "head")],
  wrongStates: [
    { trips: "children-gone", steps: [sql(SCRIPT)] },
    { trips: "still-nullable", steps: [sql(SCRIPT.replace("= ON", "= OFF"))] },
    { trips: "not-applied", steps: [writeRevision(CHANGE)] },
    {
      trips: "children-gone-in-the-revision",
      steps: [
        writeRevision({ ...CHANGE, up: `await op.execute("DELETE FROM todos");\n${CHANGE.up}` }),
        run("stamp", "head"),
      ],
    },
    {
      trips: "children-gone-on-the-way-back",
      steps: [
        writeRevision({ ...CHANGE, down: `await op.execute("DELETE FROM todos");\n${CHANGE.down}` }),
        run("upgrade", "head"),
      ],
    },
  ],
  learned:
    "Limbeck switches foreign keys off for the rebuild, checks all of them before the commit, and keeps indexes and triggers.",
};
