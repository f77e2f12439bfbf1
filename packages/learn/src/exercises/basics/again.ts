import { finding, type Check, type Exercise } from "../../exercise.ts";
import { DATA_SETS } from "../../checks/data-sets.ts";
import { listRevisions, readFingerprint, readJournal, readVersions } from "../../checks/project-checks.ts";
import { findOneWay, replay } from "../../checks/replay.ts";
import { node, replace, run, sql } from "../../step.ts";
import { SECOND } from "./status.ts";

const isReversible: Check = {
  title: "Reversible: up, down and up on three hidden databases gives the same",
  find: async (learner) => {
    const [first] = await listRevisions(await learner.open());
    if (!first) return finding("revision-gone", "A revision is missing.", "limbeck learn reset");
    for (const dataSet of DATA_SETS) {
      const before = await replay(learner, { dataSet, fillAt: first.revision, target: first.revision });
      if ("wrong" in before) return before.wrong;
      const below = await readFingerprint(before.database);
      const rows = await before.database.query("SELECT id, title FROM todos ORDER BY id");
      await before.database.limbeck.upgrade({ target: "head" });
      const wrong = await findOneWay(before.database, first.revision, below);
      if (wrong) return wrong;
      const after = await before.database.query("SELECT id, title FROM todos ORDER BY id");
      if (JSON.stringify(after) !== JSON.stringify(rows))
        return finding(
          "rows-lost-on-the-way",
          `On ${dataSet.name}, ${rows.length} todos went up and down, and ${after.length} are left.`,
          `Let downgrade() in ${SECOND} change the column only, not the rows`,
        );
    }
    return undefined;
  },
};

const isAtHead: Check = {
  title: "The database stands at the head",
  find: async (learner) => {
    const database = await learner.open();
    const { isAtHead: stands } = await database.limbeck.current();
    if (!stands) return finding("not-at-head", "The second revision is not applied.", "limbeck upgrade head");
    const [version = ""] = await readVersions(database);
    return (await readJournal(database)).at(-1) === `upgrade ${version}`
      ? undefined
      : finding(
          "not-run-again",
          "The last thing in the journal is no upgrade: only the note was changed.",
          "limbeck learn undo",
        );
  },
};

const isIdempotent: Check = {
  title: "Idempotent: upgrading once more runs nothing",
  find: async (learner) => {
    const database = await learner.open();
    await database.limbeck.verify();
    const { changes } = await database.limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "database-differs",
          `Database and models do not agree: ${changes.map(({ text }) => text).join("; ")}.`,
          "limbeck diff",
        );
  },
};

const databaseIsIgnored: Check = {
  title: "Git is told to leave the database alone",
  find: async ({ read }) =>
    /^\/?(?:todo\.db\*?|\*\.db\*?)$/m.test(read(".gitignore") ?? "")
      ? undefined
      : finding(
          "database-not-ignored",
          ".gitignore does not name todo.db: it would be committed.",
          "echo 'todo.db*' >> .gitignore",
        ),
};

const UP = run("upgrade", "head");

/** Exercise 10. */
export const again: Exercise = {
  id: "10-again",
  part: "The ten steps",
  title: "Apply again: reversible and idempotent",
  minutes: 5,
  text: [
    "Two words that are not the same. Reversible: down takes back what up did, so up, down and up is like up. Idempotent: up when one is up already does nothing. Let a machine try the first, and see the second:",
    "    limbeck test --data",
    "    limbeck upgrade head",
    "    limbeck upgrade head",
    "Then look whether Git would take todo.db along; it must not.",
  ],
  checks: [isReversible, isAtHead, isIdempotent, databaseIsIgnored],
  hints: [
    "`limbeck test` works on scratch databases, never on yours. The upgrade is what changes yours.",
    "The second upgrade says that nothing is to be done. .gitignore has the database from the start.",
    "Type the three lines above.",
  ],
  solution: [run("test", "--data"), UP, UP],
  wrongStates: [
    { trips: "not-at-head", steps: [run("test", "--data")] },
    { trips: "not-run-again", steps: [run("stamp", "head"), sql("ALTER TABLE todos ADD COLUMN priority INTEGER")] },
    {
      trips: "rows-lost-on-the-way",
      steps: [
        replace(
          SECOND,
          '  await op.dropColumn("todos", "priority");',
          '  await op.execute("DELETE FROM todos WHERE id > 2");\n  await op.dropColumn("todos", "priority");',
        ),
        UP,
      ],
    },
    {
      trips: "downgrade-leaves-something",
      steps: [replace(SECOND, '  await op.dropColumn("todos", "priority");', ""), UP],
    },
    {
      trips: "editedAfterApply",
      steps: [UP, replace(SECOND, '"priority", integer())', '"priority", integer().default(1))')],
    },
    { trips: "database-not-ignored", steps: [UP, node("seed.ts"), replace(".gitignore", "todo.db*", "build")] },
  ],
  learned:
    "That is all one does every day: change the models, write a revision, read its SQL, try it both ways, apply it, and commit models and revision together.",
};
