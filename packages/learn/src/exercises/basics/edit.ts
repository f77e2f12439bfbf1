import { finding, type Check, type Exercise } from "../../exercise.ts";
import { EMPTY } from "../../checks/data-sets.ts";
import { DATABASE_UNTOUCHED, readFingerprint } from "../../checks/project-checks.ts";
import { findOneWay, replay } from "../../checks/replay.ts";
import { replace, run, type Step } from "../../step.ts";
import { DOWN, FIRST, UP } from "./revision.ts";

const standsAlone: Check = {
  title: "The revision imports nothing of the service",
  find: async ({ read }) =>
    /from\s+"(?:\.\.\/)+app\//.test(read(FIRST) ?? "")
      ? finding(
          "imports-the-models",
          "The revision imports from app/. When the models change, it would do something else than it did.",
          "Write the columns out in the revision, and import from limbeck/schema only",
        )
      : undefined,
};

const upFits: Check = {
  title: "upgrade() makes what the models say",
  find: async (learner) => {
    const replayed = await replay(learner, { dataSet: EMPTY, fillAt: "base" });
    if ("wrong" in replayed) return replayed.wrong;
    const { changes } = await replayed.database.limbeck.diff();
    const [change] = changes;
    if (!change) return undefined;
    return change.kind === "createTable"
      ? finding("nothing-made", "After the upgrade there is no table todos.", `In ${FIRST}, call op.createTable`)
      : finding(
          "table-differs",
          `After the upgrade the models would still have to: ${changes.map(({ text }) => text).join("; ")}.`,
          `Compare the columns in ${FIRST} with app/models.ts`,
        );
  },
};

const downFits: Check = {
  title: "downgrade() takes all of it back",
  find: async (learner) => {
    const untouched = await readFingerprint(await learner.openHidden());
    const replayed = await replay(learner, { dataSet: EMPTY, fillAt: "base" });
    return "wrong" in replayed ? replayed.wrong : findOneWay(replayed.database, "base", untouched);
  },
};

const COLUMNS = `    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull(),
    description: text(),
    is_completed: boolean().notNull().default(false),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
    updated_at: timestamp({ timezone: true }),`;

const createTable = (columns: string): string => `  await op.createTable("todos", {\n${columns}\n  });`;

const OPERATIONS = 'import type { Operations } from "limbeck";\n';
const IMPORTS = replace(
  FIRST,
  OPERATIONS,
  `${OPERATIONS}import { boolean, integer, text, timestamp, varchar } from "limbeck/schema";\n`,
);
const WRITE_UP = replace(FIRST, UP, createTable(COLUMNS));
const WRITE_DOWN = replace(FIRST, DOWN, '  await op.dropTable("todos");');

const upWith = (columns: string): readonly Step[] => [IMPORTS, replace(FIRST, UP, createTable(columns)), WRITE_DOWN];

/** Exercise 5. */
export const edit: Exercise = {
  id: "05-edit",
  part: "The ten steps",
  title: "Edit the revision",
  minutes: 8,
  text: [
    "Write both ways. upgrade() makes the table todos with the columns of app/models.ts; downgrade() takes it away. The types come from limbeck/schema:",
    '    import { integer, varchar } from "limbeck/schema";',
    '    await op.createTable("todos", { id: integer().primaryKey(), ... });',
    "Your revision is tried on hidden databases: up, down, and up again. Yours stays as it is; do not upgrade yet.",
  ],
  checks: [DATABASE_UNTOUCHED, standsAlone, upFits, downFits],
  hints: [
    "The object of columns in app/models.ts may be copied as it is. op.dropTable takes a name.",
    "The imports of app/models.ts are needed too, without `table`. Do not import app/models.ts itself.",
    'Six columns in  await op.createTable("todos", { ... })  and one line,  await op.dropTable("todos"),  in downgrade().',
  ],
  solution: [IMPORTS, WRITE_UP, WRITE_DOWN],
  wrongStates: [
    { trips: "downgrade-leaves-something", steps: [IMPORTS, WRITE_UP] },
    { trips: "table-differs", steps: upWith(COLUMNS.replace("varchar(255).notNull()", "varchar(255)")) },
    { trips: "nothing-made", steps: [IMPORTS, WRITE_DOWN] },
    {
      trips: "imports-the-models",
      steps: [
        replace(FIRST, OPERATIONS, `${OPERATIONS}import { todos } from "../../app/models.ts";\n`),
        replace(FIRST, UP, '  await op.createTable("todos", todos.columns);'),
        WRITE_DOWN,
      ],
    },
    {
      trips: "upgrade-fails",
      steps: [IMPORTS, replace(FIRST, UP, '  await op.addColumn("todos", "title", varchar(255));'), WRITE_DOWN],
    },
    { trips: "downgrade-fails", steps: [IMPORTS, WRITE_UP, replace(FIRST, DOWN, '  await op.dropTable("todo");')] },
    { trips: "already-applied", steps: [IMPORTS, WRITE_UP, WRITE_DOWN, run("upgrade", "head")] },
  ],
  learned:
    "A revision says what was done on a day, and must say the same in a year. So it never imports the models, which go on changing.",
};
