import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { replace, run, runFailing, sql, type Step } from "../../step.ts";
import { pathOf, PROJECT_WITH_TODOS, TODOS, writeModels, writeRevision } from "./small-project.ts";

const CHANGE = {
  id: "002",
  below: "001",
  message: "number the todos",
  up: `await op.addColumn("todos", "number", integer());
await op.execute("UPDATE todos SET number = id");
await op.createIndex("uq_todos_title", "todos", ["title"], { unique: true });`,
  down: `await op.dropIndex("uq_todos_title", "todos");
await op.dropColumn("todos", "number");`,
};
const PATH = pathOf(CHANGE);

/** So that each call is committed at once, as on servers without transactions around changes of tables. */
const AT_ONCE = replace(
  PATH,
  "export const dependsOn: string[] = [];\n",
  "export const dependsOn: string[] = [];\n/** As on MariaDB, where every change of a table is committed at once. */\nexport const transactional = false;\n",
);

const isThrough: Check = {
  title: "No revision is left in the middle, and 002 went on where it had stopped",
  find: async (learner) => {
    const database = await learner.open();
    const { halfway } = await database.limbeck.status();
    if (halfway)
      return finding(
        "still-halfway",
        `${halfway.revision} is still in the middle: its column is there, its index is not.`,
        "Mend the rows that are in the way, then  limbeck upgrade head",
      );
    const { rows } = await database.limbeck.current();
    if (!rows.includes("002"))
      return finding("not-through", "The database does not stand at 002.", "limbeck upgrade head");
    const finished = await database.query(
      "SELECT 1 FROM limbeck_history WHERE revision = '002' AND event = 'finished' AND direction = 'upgrade'",
    );
    return finished.length > 0
      ? undefined
      : finding("stamped-over", "002 never ran to its end: the note alone was changed.", "limbeck learn undo");
  },
};

const everythingIsThere: Check = {
  title: "Column, numbers and index are there",
  find: async (learner) => {
    const database = await learner.open();
    const index = await database.query("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'uq_todos_title'");
    if (index.length === 0)
      return finding("index-missing", "There is no unique index on the titles.", "limbeck learn undo");
    const [row] = await database.query("SELECT COUNT(*) AS open FROM todos WHERE number IS NULL");
    return row?.["open"] === 0
      ? undefined
      : finding("numbers-missing", `${String(row?.["open"])} todos have no number.`, "limbeck learn undo");
  },
};

const rowsStay: Check = {
  title: "All four todos are still there",
  find: async (learner) => {
    const rows = await (await learner.open()).query("SELECT id FROM todos");
    return rows.length >= 4
      ? undefined
      : finding(
          "todo-deleted",
          `Of four todos ${rows.length} are left. One was to get another title.`,
          "limbeck learn undo",
        );
  },
};

const RETITLE = sql("UPDATE todos SET title = 'Buy milk again' WHERE id = 4");
const DELETE = sql("DELETE FROM todos WHERE id = 4");
const UP = run("upgrade", "head");
const WITHOUT_INDEX: readonly Step[] = [
  replace(PATH, '  await op.createIndex("uq_todos_title", "todos", ["title"], { unique: true });\n', ""),
];

/** Exercise 21. */
export const halfApplied: Exercise = {
  id: "21-half-applied",
  part: "Break it, and mend it",
  title: "A revision that stopped in the middle",
  minutes: 7,
  folder: "labs/half-applied",
  text: [
    "Not everything fits into a transaction. On MariaDB each change of a table is committed at once, and the revision 002 does the same here. It added a column and filled it; then two todos with one title stopped its unique index. The column stayed:",
    "    limbeck status",
    "    limbeck upgrade head",
    "Mend the cause, which is in the rows, and let the revision go on. All four todos are wanted, the file may stay as it is, and no step may be done twice.",
    "`sqlite3 todo.db` or any other client changes a row:  UPDATE todos SET title = 'Buy milk again' WHERE id = 4",
  ],
  start: [
    ...PROJECT_WITH_TODOS,
    sql("INSERT INTO todos (id, title) VALUES (4, 'Buy milk')"),
    writeModels(
      TODOS.replace(
        "\n});",
        '\n  number: integer(),\n}, [index(["title"], { name: "uq_todos_title", unique: true })]);',
      ),
    ),
    writeRevision(CHANGE),
    AT_ONCE,
    runFailing(7, "upgrade", "head"),
  ],
  checks: [isThrough, everythingIsThere, rowsStay, APPLIED],
  hints: [
    "`limbeck upgrade head` says which statement failed, and why.",
    "Give one of the two todos another title. Limbeck has a journal of what is done, and passes that over.",
    "UPDATE todos SET title = 'Buy milk again' WHERE id = 4;  then  limbeck upgrade head",
  ],
  solution: [RETITLE, UP],
  wrongStates: [
    { trips: "still-halfway", steps: [runFailing(7, "upgrade", "head")] },
    { trips: "still-halfway", steps: [RETITLE] },
    { trips: "todo-deleted", steps: [DELETE, UP] },
    { trips: "index-missing", steps: [RETITLE, UP, sql("DROP INDEX uq_todos_title")] },
    { trips: "index-missing", steps: [...WITHOUT_INDEX, UP] },
  ],
  learned:
    "A journal in the database is what lets a run go on. Whoever begins anew by hand meets the column that is there already.",
};
