import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { hasTable, readJournal, readVersions } from "../../checks/project-checks.ts";
import { node, run, runInto, sql } from "../../step.ts";

const isApplied: Check = {
  title: "The revision ran on todo.db, and Limbeck has noted it",
  find: async (learner): Promise<Finding | undefined> => {
    const database = await learner.open();
    const [version] = await readVersions(database);
    const table = await hasTable(database, "todos");
    if (version === undefined)
      return table
        ? finding(
            "table-without-version",
            "The table todos is there, and Limbeck knows nothing of it: somebody ran SQL by hand.",
            "limbeck learn undo, then limbeck upgrade head",
          )
        : finding("not-applied", "The database is still empty.", "limbeck upgrade head");
    if (!table)
      return finding(
        "stamped-only",
        `The database stands at ${version}, and has no table todos: "limbeck stamp" notes something and runs nothing.`,
        "limbeck stamp base, then limbeck upgrade head",
      );
    const journal = await readJournal(database);
    return journal.includes(`upgrade ${version}`)
      ? undefined
      : finding("never-ran", "The journal does not say that the revision ran.", "limbeck learn undo");
  },
};

const fitsModels: Check = {
  title: "The database is as the models say",
  find: async (learner) => {
    const { changes } = await (await learner.open()).limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "database-differs",
          `The models would still have to: ${changes.map(({ text }) => text).join("; ")}.`,
          "limbeck diff",
        );
  },
};

const isSeeded: Check = {
  title: "There are twelve todos in it",
  find: async (learner) => {
    const rows = await (await learner.open()).query("SELECT id FROM todos");
    return rows.length >= 12
      ? undefined
      : finding(
          "not-seeded",
          `There are ${rows.length} todos in the table, and twelve in seed-data.json.`,
          "node seed.ts",
        );
  },
};

/** Exercise 7. */
export const apply: Exercise = {
  id: "07-apply",
  part: "The ten steps",
  title: "Apply",
  minutes: 4,
  text: [
    "Now for real. Let the database follow the files, then put the twelve todos of seed-data.json into it:",
    "    limbeck upgrade head",
    "    node seed.ts",
    "The service works from now on: `node main.ts`, then open http://127.0.0.1:8000/docs.",
  ],
  checks: [isApplied, fitsModels, isSeeded],
  hints: [
    "Limbeck does the first half, the service the second.",
    "`limbeck upgrade head` runs what is pending up to the newest revision.",
    "Type the two lines above, in their order.",
  ],
  solution: [run("upgrade", "head"), node("seed.ts")],
  wrongStates: [
    { trips: "stamped-only", steps: [run("stamp", "head")] },
    {
      trips: "table-without-version",
      steps: [sql("CREATE TABLE todos (id INTEGER PRIMARY KEY, title VARCHAR(255) NOT NULL)")],
    },
    { trips: "not-seeded", steps: [run("upgrade", "head")] },
    {
      trips: "database-differs",
      steps: [run("upgrade", "head"), node("seed.ts"), sql("ALTER TABLE todos ADD COLUMN colour TEXT")],
    },
    {
      trips: "never-ran",
      steps: [runInto("build/out.txt", "stamp", "head"), sql("CREATE TABLE todos (id INTEGER PRIMARY KEY)")],
    },
  ],
  learned: "Upgrading is one command on every machine: yours, that of a colleague, and the server.",
};
