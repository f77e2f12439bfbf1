import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { run, sql, write } from "../../step.ts";
import { CREATE_TODOS, pathOf, projectOn, TODOS, writeModels, writeRevision } from "../small-project.ts";

const NAMED = { ...CREATE_TODOS, up: CREATE_TODOS.up.replace("title", "name") };
const RENAME = { id: "002", below: "001", message: "call it title" };
const DROP_AND_ADD = {
  ...RENAME,
  up: 'await op.addColumn("todos", "title", varchar(255).notNull().default(""));\nawait op.dropColumn("todos", "name");',
  down: 'await op.addColumn("todos", "name", varchar(255).notNull().default(""));\nawait op.dropColumn("todos", "title");',
};
const UP = 'await op.renameColumn("todos", "name", "title");';
const DOWN = 'await op.renameColumn("todos", "title", "name");';
const INSERT = "INSERT INTO todos (id, name) VALUES (1, 'Buy milk'), (2, 'Water the plants')";

const isEverythingThere = (rows: readonly Readonly<Record<string, unknown>>[], column: string): boolean =>
  rows.map((row) => row[column]).join() === "Buy milk,Water the plants";

const valuesStay: Check = {
  title: "The titles survive the upgrade, on a hidden database",
  find: async (learner) => {
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: "001" });
    await database.execute(INSERT);
    await database.limbeck.upgrade({ target: "head" });
    const rows = await database.query("SELECT * FROM todos ORDER BY id");
    if (!isEverythingThere(rows, "title"))
      return finding(
        "titles-lost",
        `After the upgrade the titles are ${JSON.stringify(rows.map((row) => row["title"]))}: the column was dropped, and a new one made.`,
        `In ${pathOf(RENAME)}, write  ${UP}`,
      );
    await database.limbeck.downgrade({ target: "-1", allowDataLoss: true });
    const below = await database.query("SELECT * FROM todos ORDER BY id");
    return isEverythingThere(below, "name")
      ? undefined
      : finding(
          "names-lost-on-the-way-back",
          "After the downgrade the names are lost.",
          `In its downgrade(), write  ${DOWN}`,
        );
  },
};

const ownRowsStay: Check = {
  title: "Your own todos still have theirs",
  find: async (learner) => {
    const rows = await (await learner.open()).query("SELECT title FROM todos ORDER BY id");
    return isEverythingThere(rows, "title")
      ? undefined
      : finding(
          "own-titles-lost",
          "The revision ran before it was mended, and the titles are lost.",
          "limbeck learn reset",
        );
  },
};

/** Exercise 17. */
export const rename: Exercise = {
  id: "17-rename",
  part: "Break it, and mend it",
  title: "A rename that became drop and add",
  minutes: 6,
  folder: "labs/rename",
  text: [
    "Somebody renamed the column name to title in models.ts, was asked whether that is a rename, and said no. So the revision 002 drops one column and adds another. It is not applied yet.",
    "See what it would do to rows:",
    "    limbeck test --data",
    "Then make a rename of it, both ways, and apply it.",
  ],
  start: [
    ...projectOn("sqlite"),
    writeModels(TODOS),
    writeRevision(NAMED),
    run("upgrade", "head"),
    sql(INSERT),
    writeRevision(DROP_AND_ADD),
  ],
  checks: [valuesStay, APPLIED, ownRowsStay],
  hints: [
    "An operation renames a column and keeps what is in it.",
    "op.renameColumn takes the table, the old name and the new one. Both ways need it.",
    `upgrade():  ${UP}   downgrade():  ${DOWN}`,
  ],
  solution: [writeRevision({ ...RENAME, up: UP, down: DOWN }), run("upgrade", "head")],
  wrongStates: [
    { trips: "titles-lost", steps: [run("upgrade", "head")] },
    {
      trips: "names-lost-on-the-way-back",
      steps: [writeRevision({ ...RENAME, up: UP, down: DROP_AND_ADD.down }), run("upgrade", "head")],
    },
    { trips: "not-applied", steps: [writeRevision({ ...RENAME, up: UP, down: DOWN })] },
    {
      trips: "editedAfterApply",
      steps: [run("upgrade", "head"), writeRevision({ ...RENAME, up: UP, down: DOWN })],
    },
    {
      trips: "database-differs",
      steps: [
        writeRevision({ ...RENAME, up: UP, down: DOWN }),
        run("upgrade", "head"),
        write(
          "models.ts",
          'import { integer, table } from "limbeck/schema";\n\nexport const todos = table("todos", { id: integer().primaryKey().autoIncrement() });\n',
        ),
      ],
    },
  ],
  learned:
    "No comparison can know that a column is the same under another name. That is why Limbeck asks, and why the answer counts.",
};
