import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { replace, run, runFailing, sql, type Step } from "../../step.ts";
import { pathOf, PROJECT_WITH_TODOS, TODOS, writeModels, writeRevision } from "../small-project.ts";

const PRIORITY = {
  id: "002",
  below: "001",
  message: "add priority",
  up: 'await op.addColumn("todos", "priority", integer());',
  down: 'await op.dropColumn("todos", "priority");',
};
const PATH = pathOf(PRIORITY);
const EDITED = replace(PATH, '"priority", integer())', '"priority", integer().default(3))');
const RESTORED = replace(PATH, '"priority", integer().default(3))', '"priority", integer())');

const fileIsBack: Check = {
  title: "The applied file is as it was when it ran",
  find: async (learner) => {
    await (await learner.open()).limbeck.verify();
    return undefined;
  },
};

const everybodyGetsIt: Check = {
  title: "A new todo gets the priority 3, on a database that ran 002 as it was, and on a new one",
  find: async (learner) => {
    const hidden = await learner.openHidden();
    await hidden.limbeck.upgrade({ target: "head" });
    for (const database of [hidden, await learner.open()]) {
      const rows = await database.query(
        "SELECT dflt_value AS value FROM pragma_table_info('todos') WHERE name = 'priority'",
      );
      if (String(rows[0]?.["value"]) !== "3")
        return finding(
          "default-missing",
          `priority has ${database === hidden ? "on a new database" : "on yours"} no default of 3.`,
          'limbeck revision --autogenerate -m "give priority a default", then limbeck upgrade head',
        );
    }
    return undefined;
  },
};

const rowsStay: Check = {
  title: "The todos are still there",
  find: async (learner) => {
    const rows = await (await learner.open()).query("SELECT id FROM todos");
    return rows.length >= 3 ? undefined : finding("rows-lost", "The todos are gone.", "limbeck learn undo");
  },
};

const GENERATE: readonly Step[] = [
  run("revision", "--autogenerate", "-m", "give priority a default"),
  run("upgrade", "head"),
];

/** Exercise 19. */
export const edited: Exercise = {
  id: "19-edited",
  part: "Break it, and mend it",
  title: "An applied file was edited",
  minutes: 6,
  folder: "labs/edited",
  text: [
    "New todos are to have the priority 3. Somebody wrote .default(3) into models.ts, and into the revision 002, which had run on your database long before. There it will never run again. See:",
    "    limbeck verify",
    `Bring ${PATH} back to what it was: integer(), and nothing more. Then make the change in a revision of its own, and apply it.`,
  ],
  start: [
    ...PROJECT_WITH_TODOS,
    writeRevision(PRIORITY),
    run("upgrade", "head"),
    writeModels(TODOS.replace("\n});", "\n  priority: integer().default(3),\n});")),
    EDITED,
    runFailing(5, "verify"),
  ],
  checks: [fileIsBack, everybodyGetsIt, APPLIED, rowsStay],
  hints: [
    "The file first, until `limbeck verify` is content; the models stay as they are.",
    "With the old file, the models differ from the database, and that difference can be generated.",
    'Take .default(3) out of the file. Then  limbeck revision --autogenerate -m "give priority a default"  and  limbeck upgrade head',
  ],
  solution: [RESTORED, ...GENERATE],
  wrongStates: [
    { trips: "editedAfterApply", steps: [runFailing(5, "verify")] },
    { trips: "default-missing", steps: [RESTORED] },
    { trips: "default-missing", steps: [RESTORED, ...GENERATE.slice(0, 1)] },
    { trips: "rows-lost", steps: [RESTORED, ...GENERATE, sql("DELETE FROM todos")] },
    {
      trips: "editedAfterApply",
      steps: [RESTORED, ...GENERATE, EDITED],
    },
  ],
  learned: "What has run is history. Who edits it changes nothing where it ran, and something else everywhere else.",
};
