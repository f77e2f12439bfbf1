import { finding, type Check, type Exercise } from "../../exercise.ts";
import { SMALL } from "../../checks/data-sets.ts";
import { findLastRevision } from "../../checks/last-revision.ts";
import { replay } from "../../checks/replay.ts";
import { replace, run, type Step } from "../../step.ts";
import { APPLIED } from "../../checks/applied.ts";
import { deadStayDead, TRASH_REVISION, upAgain } from "./way-back.ts";

const modelsAreFollowed: Check = {
  title: "The newest revision leads to what the models say",
  find: async (learner) => {
    const found = await findLastRevision(learner, "deleted_at");
    if ("name" in found) return found;
    const hidden = await learner.openHidden();
    await hidden.limbeck.upgrade({ target: "head" });
    const { changes } = await hidden.limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "models-differ",
          `The models would still have to: ${changes.map(({ text }) => text).join("; ")}.`,
          "Delete the revision, and let it be generated anew",
        );
  },
};

const columnFits: Check = {
  title: "todos gets a column deleted_at, a moment with its time zone, that may be NULL",
  find: async (learner) => {
    const found = await findLastRevision(learner, "deleted_at");
    if ("name" in found) return found;
    const replayed = await replay(learner, { dataSet: SMALL, fillAt: found.below.revision });
    if ("wrong" in replayed) return replayed.wrong;
    const { database } = replayed;
    const { schema } = await database.limbeck.inspect();
    const column = schema.tables
      .find(({ name }) => name === "todos")
      ?.columns.find(({ name }) => name === "deleted_at");
    if (!column) return finding("no-trash-column", "todos has no column deleted_at.", "Add it to app/models.ts");
    if (column.type.kind !== "timestamp" || !column.type.timezone)
      return finding(
        "no-time-zone",
        "deleted_at is no timestamp with time zone: nobody would know which clock it means.",
        "deleted_at: timestamp({ timezone: true }),",
      );
    const [row] = await database.query("SELECT COUNT(*) AS dead FROM todos WHERE deleted_at IS NOT NULL");
    return row?.["dead"] === 0
      ? undefined
      : finding(
          "all-deleted",
          `On ${SMALL.name}, all ${String(row?.["dead"])} todos would be deleted by the upgrade: deleted_at has a default.`,
          "Leave .notNull() and .defaultNow() out: NULL says that a todo is live",
        );
  },
};

const AFTER = "  priority: integer(),\n";
const modelWith = (column: string): Step => replace("app/models.ts", AFTER, `${AFTER}  ${column},\n`);
const COLUMN = "deleted_at: timestamp({ timezone: true })";
const GENERATE = run("revision", "--autogenerate", "-m", "add deleted_at to todos");

const MADE: readonly Step[] = [modelWith(COLUMN), GENERATE];

const DROP = '  await op.dropColumn("todos", "deleted_at");';
const downWith = (statement: string): Step =>
  replace(TRASH_REVISION, DROP, `  await op.execute("${statement}");\n${DROP}`);
const SAFE = downWith("DELETE FROM todos WHERE deleted_at IS NOT NULL");
const UP = run("upgrade", "head");

/** Exercise 11. */
export const trashColumn: Exercise = {
  id: "11-trash-column",
  part: "Soft delete",
  title: "A column for the trash, and its way back",
  minutes: 10,
  text: [
    "Whoever deletes a todo by mistake wants it back. So deleting shall only note a time: a todo with deleted_at is in the trash, one without is live.",
    "Add the column to app/models.ts, and this time let Limbeck write the revision:",
    '    limbeck revision --autogenerate -m "add deleted_at to todos"',
    "Read what it wrote, and what it warns of: its downgrade drops the column. Think of a todo in the trash: after that it is a todo like any other, and what somebody deleted is back. Change downgrade() so that this cannot happen. Then apply it:",
    "    limbeck upgrade head",
    "It is tried on hidden databases, with a todo in the trash. The file may be changed as long as it is applied nowhere; afterwards it may not.",
  ],
  checks: [columnFits, modelsAreFollowed, deadStayDead, upAgain, APPLIED],
  hints: [
    "created_at and updated_at are columns of the same kind: which of the two may be NULL? And in downgrade() the order counts: as long as the column is there, one can tell who is dead.",
    "The column is a timestamp with time zone, without notNull and without default. In downgrade(), op.execute runs a statement as it is.",
    `In app/models.ts:  ${COLUMN},  and before dropColumn:  await op.execute("DELETE FROM todos WHERE deleted_at IS NOT NULL");`,
  ],
  solution: [...MADE, SAFE, UP],
  wrongStates: [
    { trips: "no-revision-yet", steps: [modelWith(COLUMN)] },
    { trips: "no-time-zone", steps: [modelWith("deleted_at: timestamp()"), GENERATE] },
    {
      trips: "all-deleted",
      steps: [modelWith("deleted_at: timestamp({ timezone: true }).notNull().defaultNow()"), GENERATE],
    },
    {
      trips: "no-trash-column",
      steps: [
        modelWith("is_deleted: boolean()"),
        run("revision", "--autogenerate", "-m", "add is_deleted instead of deleted_at"),
      ],
    },
    {
      trips: "models-differ",
      steps: [modelWith(COLUMN), GENERATE, replace("app/models.ts", "title: varchar(255)", "title: varchar(200)")],
    },
    { trips: "dead-come-back", steps: [...MADE, UP] },
    { trips: "living-lost", steps: [...MADE, downWith("DELETE FROM todos"), UP] },
    {
      trips: "downgrade-fails",
      steps: [
        ...MADE,
        replace(TRASH_REVISION, DROP, `${DROP}\n  await op.execute("DELETE FROM todos WHERE deleted_at IS NOT NULL");`),
        UP,
      ],
    },
    { trips: "not-applied", steps: [...MADE, SAFE] },
    { trips: "editedAfterApply", steps: [...MADE, UP, SAFE] },
  ],
  learned:
    "A time says more than a flag: since when it is deleted, and so how long it may still be kept. Up and down again left the schema as it was, and still the data lied: a round trip proves nothing about rows.",
};
