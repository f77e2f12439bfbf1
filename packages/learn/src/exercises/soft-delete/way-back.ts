import { finding, type Check, type Exercise } from "../../exercise.ts";
import { APPLIED } from "../../checks/applied.ts";
import { SMALL } from "../../checks/data-sets.ts";
import { findLastRevision } from "../../checks/last-revision.ts";
import { replay } from "../../checks/replay.ts";
import { replace, run, type Step } from "../../step.ts";
import { TRASH_REVISION } from "./trash-column.ts";

const DEAD = 2;

const deadStayDead: Check = {
  title: "The way down does not bring the dead back, and keeps the living",
  find: async (learner) => {
    const found = await findLastRevision(learner, "deleted_at");
    if ("name" in found) return found;
    const replayed = await replay(learner, { dataSet: SMALL, fillAt: found.below.revision });
    if ("wrong" in replayed) return replayed.wrong;
    const { database } = replayed;
    await database.execute(`UPDATE todos SET deleted_at = '2026-02-01T10:00:00.000Z' WHERE id = ${DEAD}`);
    try {
      await database.limbeck.downgrade({ target: "-1", allowDataLoss: true });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return finding("downgrade-fails", `The downgrade fails. ${problem}`, "First the rows, then the column");
    }
    const ids = (await database.query("SELECT id FROM todos ORDER BY id")).map(({ id }) => id);
    if (ids.includes(DEAD))
      return finding(
        "dead-come-back",
        "A todo that was in the trash is live again after the downgrade: without deleted_at nothing tells it from the others.",
        `In downgrade() of ${TRASH_REVISION}, deal with the rows in the trash before the column goes`,
      );
    return ids.length === SMALL.statements.length - 1
      ? undefined
      : finding("living-lost", `Of two live todos ${ids.length} are left.`, "Delete only WHERE deleted_at IS NOT NULL");
  },
};

const upAgain: Check = {
  title: "Up, down and up again works",
  find: async (learner) => {
    const { limbeck } = await learner.openHidden();
    await limbeck.upgrade({ target: "head" });
    await limbeck.downgrade({ target: "-1", allowDataLoss: true });
    await limbeck.upgrade({ target: "head" });
    return undefined;
  },
};

const DROP = '  await op.dropColumn("todos", "deleted_at");';
const downWith = (statement: string): Step =>
  replace(TRASH_REVISION, DROP, `  await op.execute("${statement}");\n${DROP}`);
const SAFE = downWith("DELETE FROM todos WHERE deleted_at IS NOT NULL");
const UP = run("upgrade", "head");

/** Exercise 12. */
export const wayBack: Exercise = {
  id: "12-way-back",
  part: "Soft delete",
  title: "A way back that wakes no dead",
  minutes: 6,
  text: [
    "The generated downgrade drops the column. Think of a todo in the trash: after that it is a todo like any other. What somebody deleted is back, with no word of it.",
    "Change downgrade() of the new revision so that this cannot happen. Then apply the revision:",
    "    limbeck upgrade head",
    "It is tried on hidden databases, with a todo in the trash. The file may still be changed, because it is applied nowhere; afterwards it may not.",
  ],
  checks: [deadStayDead, upAgain, APPLIED],
  hints: [
    "The order counts: as long as the column is there, one can tell who is dead.",
    "op.execute runs a statement as it is. Those who are dead have a deleted_at.",
    'Before dropColumn:  await op.execute("DELETE FROM todos WHERE deleted_at IS NOT NULL");',
  ],
  solution: [SAFE, UP],
  wrongStates: [
    { trips: "dead-come-back", steps: [UP] },
    { trips: "living-lost", steps: [downWith("DELETE FROM todos"), UP] },
    {
      trips: "downgrade-fails",
      steps: [
        replace(TRASH_REVISION, DROP, `${DROP}\n  await op.execute("DELETE FROM todos WHERE deleted_at IS NOT NULL");`),
        UP,
      ],
    },
    { trips: "not-applied", steps: [SAFE] },
    { trips: "editedAfterApply", steps: [UP, SAFE] },
  ],
  learned:
    "Up and down again left the schema as it was, and still the data lied: a round trip of the schema proves nothing about rows.",
};
