import { hasColumn, readFingerprint } from "../../checks/project-checks.ts";
import { SERVER_ENGINES, titleOf, type Engine } from "../../engine.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { run, runFailing, write } from "../../step.ts";
import { placeLab, projectWithTodosOn, sqlOn, TODOS, writeModels, writeRevision } from "../small-project.ts";

const COLOUR = {
  id: "002",
  below: "001",
  message: "add colour",
  up: 'await op.addColumn("todos", "colour", varchar(20));',
  down: 'await op.dropColumn("todos", "colour");',
};
const MODELS = writeModels(TODOS.replace("\n});", "\n  colour: varchar(20),\n});"));

const coloursStay: Check = {
  title: "The colours are still there",
  find: async (learner) => {
    const database = await learner.open();
    const rows = (await hasColumn(database, "todos", "colour"))
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
          "Write the column colour: varchar(20) into models.ts",
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

const STORY: Readonly<Record<"file" | "server", string>> = {
  file: "On a Friday evening somebody ran  ALTER TABLE todos ADD COLUMN colour VARCHAR(20)  by hand, and colours were filled in. No file knows of it. See what the next generated revision would do:",
  server:
    "A server has many doors, and a psql or a desktop client is one of them: somebody ran  ALTER TABLE todos ADD COLUMN colour VARCHAR(20)  by hand, and colours were filled in. No file knows of it. See what the next generated revision would do:",
};

const driftOn = (engine: Engine): Exercise => ({
  ...placeLab(engine, "drift", { onFile: 20, onServer: 29 }),
  title: engine === "sqlite" ? "Somebody changed the database by hand" : `Changed by hand, on ${titleOf(engine)}`,
  minutes: engine === "sqlite" ? 7 : 4,
  text: [
    STORY[engine === "sqlite" ? "file" : "server"],
    "    limbeck diff",
    "The colours are wanted. Bring everything together: the models, the revisions, and what Limbeck notes of the database. No colour may be lost.",
  ],
  start: [
    ...projectWithTodosOn(engine),
    sqlOn(engine, "ALTER TABLE todos ADD COLUMN colour VARCHAR(20); UPDATE todos SET colour = 'green' WHERE id < 3"),
    runFailing(5, "check"),
  ],
  checks: [coloursStay, modelsKnow, historyKnows, isNoted],
  hints: [
    "Three steps: models, a revision, and a note that this database has it already.",
    "The revision adds the column, for all other databases. Here it must not run: there is a command that notes without running.",
    'colour: varchar(20) in models.ts;  limbeck revision -m "add colour"  with addColumn and dropColumn;  limbeck stamp head',
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
});

/** Exercise 20. */
export const drift: Exercise = driftOn("sqlite");

/** Exercise 29. */
export const driftOnServers: readonly Exercise[] = SERVER_ENGINES.map(driftOn);
