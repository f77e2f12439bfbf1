import { APPLIED } from "../../checks/applied.ts";
import { SMALL } from "../../checks/data-sets.ts";
import { isTaken } from "../../checks/is-taken.ts";
import { findLastRevision } from "../../checks/last-revision.ts";
import { replay } from "../../checks/replay.ts";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import type { Database, Learner } from "../../learner.ts";
import { replace, run, type Step } from "../../step.ts";

const TIME = "'2026-02-01T10:00:00.000Z'";
const OPTIONS = "Let the foreign key be about live rows: (list_id, is_live) of todos, (id, is_live) of lists";

async function replaySmall(learner: Learner): Promise<Database | Finding> {
  const found = await findLastRevision(learner, "lists");
  if ("name" in found) return found;
  const replayed = await replay(learner, { dataSet: SMALL, fillAt: found.below.revision });
  return "wrong" in replayed ? replayed.wrong : replayed.database;
}

const tablesFit: Check = {
  title: "There are lists with name and deleted_at, and todos may be in one: list_id",
  find: async (learner) => {
    const database = await replaySmall(learner);
    if ("name" in database) return database;
    const { schema } = await database.limbeck.inspect();
    const columnsOf = (table: string): readonly string[] =>
      (schema.tables.find(({ name }) => name === table)?.columns ?? []).map(({ name }) => name);
    const missing = [
      ...["id", "name", "deleted_at"]
        .filter((name) => !columnsOf("lists").includes(name))
        .map((name) => `lists.${name}`),
      ...(columnsOf("todos").includes("list_id") ? [] : ["todos.list_id"]),
    ];
    if (missing.length > 0)
      return finding(
        "columns-missing",
        `After the upgrade these are missing: ${missing.join(", ")}.`,
        "Add them to app/models.ts",
      );
    const [row] = await database.query("SELECT COUNT(*) AS n FROM todos WHERE list_id IS NULL");
    return row?.["n"] === SMALL.statements.length
      ? undefined
      : finding(
          "todos-lost",
          `Of ${SMALL.statements.length} todos without a list ${String(row?.["n"])} are left.`,
          "limbeck learn undo",
        );
  },
};

const guardHolds: Check = {
  title: "The database lets no live todo be in a dead list",
  find: async (learner) => {
    const database = await replaySmall(learner);
    if ("name" in database) return database;
    await database.execute("INSERT INTO lists (id, name) VALUES (1, 'Home'), (2, 'Work')");
    await database.execute("UPDATE todos SET list_id = 1 WHERE id = 1");
    if (await isTaken(database, `UPDATE lists SET deleted_at = ${TIME} WHERE id = 1`))
      return finding("list-deleted-under-todos", "A list with a live todo in it could be deleted.", OPTIONS);
    await database.execute(`UPDATE lists SET deleted_at = ${TIME} WHERE id = 2`);
    if (await isTaken(database, "UPDATE todos SET list_id = 2 WHERE id = 3"))
      return finding("todo-moved-into-dead-list", "A live todo could be moved into a dead list.", OPTIONS);
    return undefined;
  },
};

const deadAreFree: Check = {
  title: "A list whose todos are all in the trash can be deleted, and they come back only after it",
  find: async (learner) => {
    const database = await replaySmall(learner);
    if ("name" in database) return database;
    await database.execute("INSERT INTO lists (id, name) VALUES (1, 'Home')");
    await database.execute(`UPDATE todos SET list_id = 1, deleted_at = ${TIME} WHERE id = 1`);
    if (!(await isTaken(database, `UPDATE lists SET deleted_at = ${TIME} WHERE id = 1`)))
      return finding(
        "list-never-deleted",
        "A list cannot be deleted although all its todos are in the trash.",
        OPTIONS,
      );
    if (await isTaken(database, "UPDATE todos SET deleted_at = NULL WHERE id = 1"))
      return finding("restored-into-dead-list", "A todo could be restored into a dead list.", OPTIONS);
    return undefined;
  },
};

const LIVE = 'smallint().generatedAs("CASE WHEN deleted_at IS NULL THEN 1 END", { storage: "stored" })';
const TODOS = "/** A thing to do. */\nexport const todos = table(";
const INDEX = 'index(["title"], { unique: true, where: "deleted_at IS NULL" })';
const DELETED_AT = "  deleted_at: timestamp({ timezone: true }),\n  },";

const listsWith = (columns: string, items: string): Step =>
  replace(
    "app/models.ts",
    TODOS,
    `/** What todos are in. */
export const lists = table(
  "lists",
  {
    id: integer().primaryKey().autoIncrement(),
    name: varchar(255).notNull(),
    deleted_at: timestamp({ timezone: true }),${columns}
  },
  [${items}],
);

${TODOS}`,
  );

const todosWith = (columns: string, item: string): readonly Step[] => [
  replace("app/models.ts", DELETED_AT, `  deleted_at: timestamp({ timezone: true }),${columns}\n  },`),
  replace("app/models.ts", INDEX, `${INDEX}, ${item}`),
];

const imports = (...names: readonly string[]): Step =>
  replace("app/models.ts", "import { boolean, index,", `import { boolean, ${names.join(", ")}, index,`);

const GENERATE = run("revision", "--autogenerate", "-m", "add lists");
const UP = run("upgrade", "head");

// The todos first, because what is replaced in them would be in the lists as well.
const PLAIN: readonly Step[] = [
  imports("foreignKey"),
  ...todosWith("\n  list_id: integer(),", 'foreignKey(["list_id"], { table: "lists", columns: ["id"] })'),
  listsWith("", ""),
];
const GUARDED: readonly Step[] = [
  imports("foreignKey", "smallint", "unique"),
  ...todosWith(
    `\n  list_id: integer(),\n  is_live: ${LIVE},`,
    'foreignKey(["list_id", "is_live"], { table: "lists", columns: ["id", "is_live"] })',
  ),
  listsWith(`\n    is_live: ${LIVE},`, 'unique(["id", "is_live"])'),
];

/** Exercise 14. */
export const lists: Exercise = {
  id: "14-lists",
  part: "Soft delete",
  title: "No live todo in a dead list",
  minutes: 12,
  text: [
    "Todos are to be in lists, and lists can be deleted softly too. A foreign key does not help: for it a dead list is a row like any other, and its todos would be live in a list that nobody sees.",
    "Add a table lists (id, name, deleted_at), and a column list_id to todos, which may be NULL. Let the database refuse whatever leaves a live todo in a dead list: deleting the list, moving the todo, restoring it.",
    "One way that every engine knows: a generated column is_live in both tables, 1 while the row is live and NULL after, and a foreign key over both columns. Where one of them is NULL, it does not look.",
    '    limbeck revision --autogenerate -m "add lists"',
    "    limbeck upgrade head",
  ],
  checks: [tablesFit, guardHolds, deadAreFree, APPLIED],
  hints: [
    "The foreign key has two columns on each side, and the pair (id, is_live) has to be unique in lists.",
    `The column, in both tables:  is_live: ${LIVE}`,
    'In lists:  unique(["id", "is_live"])  In todos:  foreignKey(["list_id", "is_live"], { table: "lists", columns: ["id", "is_live"] })',
  ],
  solution: [...GUARDED, GENERATE, UP],
  wrongStates: [
    { trips: "no-revision-yet", steps: GUARDED },
    { trips: "list-deleted-under-todos", steps: [...PLAIN, GENERATE, UP] },
    { trips: "columns-missing", steps: [imports("unique"), listsWith("", 'unique(["name"])'), GENERATE, UP] },
    { trips: "not-applied", steps: [...GUARDED, GENERATE] },
  ],
  learned:
    "What the database refuses, no code has to remember: neither the service, nor a script at night, nor two requests at the same moment.",
};
