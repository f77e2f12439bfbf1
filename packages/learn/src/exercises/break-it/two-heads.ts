import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { remove, run, runFailing } from "../../step.ts";
import { pathOf, PROJECT_WITH_TODOS, TODOS, writeModels, writeRevision } from "../small-project.ts";

const PRIORITY = {
  id: "002a",
  below: "001",
  message: "add priority",
  up: 'await op.addColumn("todos", "priority", integer());',
  down: 'await op.dropColumn("todos", "priority");',
};
const DUE = {
  id: "002b",
  below: "001",
  message: "add due",
  up: 'await op.addColumn("todos", "due", text());',
  down: 'await op.dropColumn("todos", "due");',
};

const oneHead: Check = {
  title: "There is one head",
  find: async (learner) => {
    const { revisions } = (await learner.open()).limbeck.heads();
    return revisions.length === 1
      ? undefined
      : finding(
          "two-heads",
          `There are ${revisions.length} heads: ${revisions.map(({ revision }) => revision).join(" and ")}.`,
          "limbeck merge heads",
        );
  },
};

const bothAreThere: Check = {
  title: "Both changes are in the history",
  find: async (learner) => {
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: "head" });
    const rows = await database.query("SELECT name FROM pragma_table_info('todos')");
    const missing = ["priority", "due"].filter((column) => !rows.some(({ name }) => name === column));
    return missing.length === 0
      ? undefined
      : finding(
          "branch-lost",
          `From an empty database up to the head, todos gets no column ${missing.join(" and ")}: the work of a colleague is gone.`,
          "limbeck learn undo",
        );
  },
};

/** Exercise 18. */
export const twoHeads: Exercise = {
  id: "18-two-heads",
  part: "Break it, and mend it",
  title: "Two heads",
  minutes: 6,
  folder: "labs/two-heads",
  text: [
    "Two people wrote a revision on the same day, each on top of 001. Git merged their files without a word. See what happens now:",
    "    limbeck upgrade head",
    "    limbeck history --graph",
    "Bring both together into one head, and upgrade.",
  ],
  start: [
    ...PROJECT_WITH_TODOS,
    writeModels(TODOS.replace("\n});", "\n  priority: integer(),\n  due: text(),\n});")),
    writeRevision(PRIORITY),
    writeRevision(DUE),
    runFailing(2, "upgrade", "head"),
  ],
  checks: [oneHead, bothAreThere, APPLIED],
  hints: [
    "There are two ways: a revision that joins both, or one of them put on top of the other.",
    "`limbeck merge` writes the first, `limbeck rebase` does the second.",
    "Type  limbeck merge heads  then  limbeck upgrade head",
  ],
  solution: [run("merge", "heads", "-m", "bring both together"), run("upgrade", "head")],
  wrongStates: [
    { trips: "two-heads", steps: [run("upgrade", "heads")] },
    { trips: "branch-lost", steps: [remove(pathOf(DUE)), run("upgrade", "head")] },
    { trips: "not-applied", steps: [run("merge", "heads", "-m", "bring both together")] },
    {
      trips: "not-applied",
      steps: [run("upgrade", "002a"), run("merge", "heads", "-m", "bring both together")],
    },
  ],
  learned:
    "The graph of revisions is for this: two lines of work are normal, and a merge or a rebase says in which order they run.",
};
