import { finding, type Check, type Exercise } from "../../exercise.ts";
import { DATABASE_UNTOUCHED, listRevisions, listTables } from "../../checks/project-checks.ts";
import { EMPTY } from "../../checks/data-sets.ts";
import { replay } from "../../checks/replay.ts";
import { replace, run } from "../../step.ts";

/** The first revision, wherever its date has put it. */
export const FIRST = "migrations/versions/*_create_todos.ts";

/** What a new revision has in the place of its two ways. */
export const UP = "  // Nothing yet: write the change here.";
export const DOWN = "  // Nothing yet: write the way back here.";

const oneRevision: Check = {
  title: 'There is one revision, "create todos"',
  find: async (learner) => {
    const revisions = await listRevisions(await learner.open());
    const [first, second] = revisions;
    if (!first)
      return finding(
        "no-revision",
        "There is no revision in migrations/versions.",
        'limbeck revision -m "create todos"',
      );
    if (second)
      return finding(
        "several-revisions",
        `There are ${revisions.length} revisions. None is applied, so the newer ones may simply go.`,
        `rm ${second.path.slice(learner.folder.length + 1)}`,
      );
    return first.message === "create todos"
      ? undefined
      : finding(
          "other-message",
          `The message of the revision is "${first.message}".`,
          'Delete its file, and type limbeck revision -m "create todos"',
        );
  },
};

const isEmpty: Check = {
  title: "It does nothing yet",
  find: async (learner) => {
    const replayed = await replay(learner, { dataSet: EMPTY, fillAt: "base" });
    if ("wrong" in replayed) return replayed.wrong;
    const [table] = await listTables(replayed.database);
    return table === undefined
      ? undefined
      : finding(
          "written-already",
          `The revision makes the table ${table} already. Here it is to be empty: autogenerate comes later.`,
          'Delete its file, and type limbeck revision -m "create todos"',
        );
  },
};

/** Exercise 4. */
export const revision: Exercise = {
  id: "04-revision",
  part: "The ten steps",
  title: "Create a revision by hand",
  minutes: 3,
  text: [
    "A revision is a file with two functions: upgrade() makes a change, downgrade() takes it back. Limbeck finds the order by the ids that the files name, not by the dates.",
    'Create an empty one with the message "create todos":',
    '    limbeck revision -m "create todos"',
    "Open the file and find four things: its id, the revision below it, and the two functions.",
  ],
  checks: [DATABASE_UNTOUCHED, oneRevision, isEmpty],
  hints: [
    "One command writes the file; the message is what it will do, in a line.",
    "`limbeck revision --help`: without --autogenerate it writes an empty revision.",
    'Type  limbeck revision -m "create todos"',
  ],
  solution: [run("revision", "-m", "create todos")],
  wrongStates: [
    {
      trips: "several-revisions",
      steps: [run("revision", "-m", "create todos"), run("revision", "-m", "create todos again")],
    },
    { trips: "other-message", steps: [run("revision", "-m", "my first revision")] },
    { trips: "written-already", steps: [run("revision", "-m", "create todos", "--autogenerate")] },
    { trips: "already-applied", steps: [run("revision", "-m", "create todos"), run("upgrade", "head")] },
    {
      trips: "missingParent",
      steps: [
        run("revision", "-m", "create todos"),
        replace(FIRST, "downRevision = null", 'downRevision = "ae1027a6f3b8"'),
      ],
    },
  ],
  learned:
    "The file's name is for you. What counts is in it: revision, and downRevision, which is null for the first one.",
};
