import { finding, type Check, type Exercise } from "../../exercise.ts";
import { readFingerprint } from "../../checks/project-checks.ts";
import { run, runFailing, sql, write } from "../../step.ts";
import { PROJECT_WITH_TODOS, TODOS, writeModels, writeRevision } from "./small-project.ts";

const COLOUR = {
  id: "002",
  below: "001",
  message: "add colour",
  up: 'await op.addColumn("todos", "colour", text());',
  down: 'await op.dropColumn("todos", "colour");',
};
const MODELS = writeModels(TODOS.replace("\n});", "\n  colour: text(),\n});"));

const coloursStay: Check = {
  title: "The colours are still there",
  find: async (learner) => {
    const database = await learner.open();
    const columns = await database.query("SELECT name FROM pragma_table_info('todos')");
    const rows = columns.some(({ name }) => name === "colour")
      ? await database.query("SELECT colour FROM todos WHERE colour IS NOT NULL")
      : [];
    return rows.length >= 2
      ? undefined
      : finding("colours-lost", "The colours are gone, and they were wanted.", "limbeck learn undo");
  },
};

const modelsKnow: Check = {
  title: "Models and database agree",
  find: async (learner) => {
    const { changes } = await (await learner.open()).limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "drift-left",
          `The next generated revision would ${changes.map(({ text }) => text).join("; ")}.`,
          "Write the column colour: text() into models.ts",
        );
  },
};

const historyKnows: Check = {
  title: "From an empty database, the revisions lead to the same",
  find: async (learner) => {
    const hidden = await learner.openHidden();
    await hidden.limbeck.upgrade({ target: "head" });
    return (await readFingerprint(hidden)) === (await readFingerprint(await learner.open()))
      ? undefined
      : finding(
          "not-in-the-history",
          "A new database, made by the revisions, would have no column colour as yours has.",
          'limbeck revision -m "add colour", with addColumn and dropColumn',
        );
  },
};

const isNoted: Check = {
  title: "The database stands at the head",
  find: async (learner) => {
    const { isAtHead } = await (await learner.open()).limbeck.current();
    return isAtHead
      ? undefined
      : finding(
          "not-noted",
          "The new revision counts as pending, and would fail here: the column is there already.",
          "limbeck stamp head",
        );
  },
};

/** Exercise 20. */
export const drift: Exercise = {
  id: "20-drift",
  part: "Break it, and mend it",
  title: "Somebody changed the database by hand",
  minutes: 7,
  folder: "labs/drift",
  text: [
    "On a Friday evening somebody ran  ALTER TABLE todos ADD COLUMN colour TEXT  by hand, and colours were filled in. No file knows of it. See what the next generated revision would do:",
    "    limbeck diff",
    "The colours are wanted. Bring everything together: the models, the revisions, and what Limbeck notes of the database. No colour may be lost.",
  ],
  start: [
    ...PROJECT_WITH_TODOS,
    sql("ALTER TABLE todos ADD COLUMN colour TEXT; UPDATE todos SET colour = 'green' WHERE id < 3"),
    runFailing(5, "check"),
  ],
  checks: [coloursStay, modelsKnow, historyKnows, isNoted],
  hints: [
    "Three steps: models, a revision, and a note that this database has it already.",
    "The revision adds the column, for all other databases. Here it must not run: there is a command that notes without running.",
    'colour: text() in models.ts;  limbeck revision -m "add colour"  with addColumn and dropColumn;  limbeck stamp head',
  ],
  solution: [MODELS, writeRevision(COLOUR), run("stamp", "head")],
  wrongStates: [
    { trips: "drift-left", steps: [writeRevision(COLOUR), run("stamp", "head")] },
    { trips: "colours-lost", steps: [run("revision", "--autogenerate", "-m", "tidy up"), run("upgrade", "head")] },
    { trips: "not-in-the-history", steps: [MODELS] },
    { trips: "not-noted", steps: [MODELS, writeRevision(COLOUR), runFailing(7, "upgrade", "head")] },
    { trips: "drift-left", steps: [write("note.txt", "talk to whoever it was\n")] },
  ],
  learned:
    "`limbeck check` in the pipeline finds such a thing on Monday. A stamp is for this: the change is there, only the note is missing.",
};
