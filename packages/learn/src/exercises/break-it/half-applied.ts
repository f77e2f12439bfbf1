import { APPLIED } from "../../checks/applied.ts";
import { hasColumn } from "../../checks/project-checks.ts";
import type { Engine } from "../../engine.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { replace, run, runFailing, type Step } from "../../step.ts";
import { pathOf, placeLab, projectWithTodosOn, sqlOn, TODOS, writeModels, writeRevision } from "../small-project.ts";

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

/** So that on SQLite each call is committed at once, as on servers without transactions around changes of tables. */
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
    if (!(await hasColumn(database, "todos", "number")))
      return finding(
        "column-missing",
        "There is no column number: what the journal has for done was taken back by hand.",
        "limbeck learn undo",
      );
    const { schema } = await database.limbeck.inspect();
    const todos = schema.tables.find(({ name }) => name === "todos");
    const names = [...(todos?.indexes ?? []), ...(todos?.constraints ?? [])].map(({ name }) => name);
    if (!names.includes("uq_todos_title"))
      return finding("index-missing", "There is no unique index on the titles.", "limbeck learn undo");
    const open = await database.query("SELECT id FROM todos WHERE number IS NULL");
    return open.length === 0
      ? undefined
      : finding("numbers-missing", `${open.length} todos have no number.`, "limbeck learn undo");
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

/** Where a revision can stop half-way: on MariaDB, and on SQLite when it leaves its transaction. */
type HalfwayEngine = Exclude<Engine, "postgres">;

const DROP_INDEX: Readonly<Record<HalfwayEngine, string>> = {
  sqlite: "DROP INDEX uq_todos_title",
  mariadb: "DROP INDEX uq_todos_title ON todos",
};

const RETITLED = "UPDATE todos SET title = 'Buy milk again' WHERE id = 4";
const UP = run("upgrade", "head");
const WITHOUT_INDEX: readonly Step[] = [
  replace(PATH, '  await op.createIndex("uq_todos_title", "todos", ["title"], { unique: true });\n', ""),
];

const TEXTS: Readonly<
  Record<"file" | "server", { readonly title: string; readonly story: string; readonly client: string }>
> = {
  file: {
    title: "A revision that stopped in the middle",
    story:
      "Not everything fits into a transaction. On MariaDB each change of a table is committed at once, and the revision 002 does the same here. It added a column and filled it; then two todos with one title stopped its unique index. The column stayed:",
    client: `\`sqlite3 todo.db\` or any other client changes a row:  ${RETITLED}`,
  },
  server: {
    title: "Half of a revision, on MariaDB",
    story:
      "MariaDB has no transaction around changes of tables: it commits each one at once, and a ROLLBACK takes none back. The revision 002 added a column and filled it; then two todos with one title stopped its unique index. Look at what is there, and at what Limbeck knows of it:",
    client: `    node sql.ts "${RETITLED}"`,
  },
};

const halfAppliedOn = (engine: HalfwayEngine): Exercise => {
  const { title, story, client } = TEXTS[engine === "sqlite" ? "file" : "server"];
  const retitle = sqlOn(engine, RETITLED);
  return {
    ...placeLab(engine, "half-applied", { onFile: 21, onServer: 26 }),
    title,
    minutes: 7,
    text: [
      story,
      "    limbeck status",
      "    limbeck upgrade head",
      "Mend the cause, which is in the rows, and let the revision go on. All four todos are wanted, the file may stay as it is, and no step may be done twice.",
      client,
    ],
    start: [
      ...projectWithTodosOn(engine),
      sqlOn(engine, "INSERT INTO todos (title) VALUES ('Buy milk')"),
      writeModels(
        TODOS.replace(
          "\n});",
          '\n  number: integer(),\n}, [index(["title"], { name: "uq_todos_title", unique: true })]);',
        ),
      ),
      writeRevision(CHANGE),
      ...(engine === "sqlite" ? [AT_ONCE] : []),
      runFailing(7, "upgrade", "head"),
    ],
    checks: [isThrough, everythingIsThere, rowsStay, APPLIED],
    hints: [
      "`limbeck upgrade head` says which statement failed, and why.",
      "Give one of the two todos another title. Limbeck has a journal of what is done, and passes that over.",
      "UPDATE todos SET title = 'Buy milk again' WHERE id = 4;  then  limbeck upgrade head",
    ],
    solution: [retitle, UP],
    wrongStates: [
      { trips: "still-halfway", steps: [runFailing(7, "upgrade", "head")] },
      { trips: "still-halfway", steps: [retitle] },
      { trips: "todo-deleted", steps: [sqlOn(engine, "DELETE FROM todos WHERE id = 4"), UP] },
      { trips: "index-missing", steps: [retitle, UP, sqlOn(engine, DROP_INDEX[engine])] },
      { trips: "index-missing", steps: [...WITHOUT_INDEX, UP] },
      { trips: "column-missing", steps: [retitle, sqlOn(engine, "ALTER TABLE todos DROP COLUMN number"), UP] },
      { trips: "stamped-over", steps: [retitle, run("stamp", "head")] },
    ],
    learned:
      "A journal in the database is what lets a run go on. Whoever begins anew by hand meets the column that is there already. Where nobody saw how a statement ended, `limbeck status` says so, and `limbeck resolve` notes what you found.",
  };
};

/** Exercise 21. */
export const halfApplied: Exercise = halfAppliedOn("sqlite");

/** Exercise 26. */
export const halfAppliedOnMariadb: Exercise = halfAppliedOn("mariadb");
