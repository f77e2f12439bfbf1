import { finding, type Check } from "../../exercise.ts";
import { SMALL } from "../../checks/data-sets.ts";
import { findLastRevision } from "../../checks/last-revision.ts";
import { replay } from "../../checks/replay.ts";

/** The revision with the column. */
export const TRASH_REVISION = "migrations/versions/*_add_deleted_at_to_todos.ts";

const DEAD = 2;

/** The downgrade deals with the trash. */
export const deadStayDead: Check = {
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

/** Nothing is left behind by the downgrade. */
export const upAgain: Check = {
  title: "Up, down and up again works",
  find: async (learner) => {
    const { limbeck } = await learner.openHidden();
    await limbeck.upgrade({ target: "head" });
    await limbeck.downgrade({ target: "-1", allowDataLoss: true });
    await limbeck.upgrade({ target: "head" });
    return undefined;
  },
};
