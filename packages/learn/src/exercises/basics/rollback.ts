import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { listRevisions, readJournal, readVersions } from "../../checks/project-checks.ts";
import type { Database } from "../../learner.ts";
import { replace, run, sql } from "../../step.ts";
import { SECOND } from "./status.ts";

interface Standing {
  readonly database: Database;
  readonly first: string;
  readonly second: string;
  readonly version: string | undefined;
  readonly journal: readonly string[];
}

async function readStanding(database: Database): Promise<Standing | Finding> {
  const [first, second] = await listRevisions(database);
  if (!first || !second) return finding("revision-gone", "A revision is missing.", "limbeck learn reset");
  const [version] = await readVersions(database);
  return { database, first: first.revision, second: second.revision, version, journal: await readJournal(database) };
}

const wentUpAndDown: Check = {
  title: "The second revision ran up and down, and the first one stayed",
  find: async (learner) => {
    const standing = await readStanding(await learner.open());
    if ("name" in standing) return standing;
    const { first, second, version, journal } = standing;
    if (!journal.includes(`upgrade ${second}`))
      return finding("never-upgraded", "The second revision never ran.", "limbeck upgrade +1");
    if (version === second)
      return finding("still-upgraded", "The second revision is still applied.", "limbeck downgrade -1");
    if (version !== first)
      return finding("too-far-down", "The first revision was taken back too, with all todos.", "limbeck learn undo");
    return journal.includes(`downgrade ${second}`)
      ? undefined
      : finding(
          "never-downgraded",
          "The journal knows of no downgrade: only the note was changed.",
          "limbeck learn undo",
        );
  },
};

const schemaIsBack: Check = {
  title: "The column is gone again",
  find: async (learner) => {
    const { schema } = await (await learner.open()).limbeck.inspect();
    const columns = schema.tables.find(({ name }) => name === "todos")?.columns ?? [];
    return columns.some(({ name }) => name === "priority")
      ? finding(
          "column-left",
          "The downgrade ran, and the column priority is still there.",
          `Write its downgrade() in ${SECOND}, after limbeck learn reset`,
        )
      : undefined;
  },
};

const rowsAreThere: Check = {
  title: "All todos are still there",
  find: async (learner) => {
    const rows = await (await learner.open()).query("SELECT id FROM todos");
    return rows.length >= 12
      ? undefined
      : finding("rows-lost", `Of twelve todos ${rows.length} are left.`, "limbeck learn undo");
  },
};

const UP = run("upgrade", "+1");
/** Changes the note by hand, as nobody should. */
const FORGET = sql(
  "UPDATE limbeck_version SET version_num = (SELECT revision FROM limbeck_history ORDER BY id LIMIT 1)",
);
const DOWN = run("downgrade", "-1", "--allow-data-loss");

/** Exercise 9. */
export const rollback: Exercise = {
  id: "09-rollback",
  part: "The ten steps",
  title: "Roll back",
  minutes: 5,
  text: [
    "Prove the way back, and see what it costs. Apply the second revision, give three todos a priority, then take it back:",
    "    limbeck upgrade +1",
    "    limbeck downgrade -1",
    "For the priorities, `sqlite3 todo.db` or any other client will do: UPDATE todos SET priority = 1 WHERE id <= 3. Before the downgrade, guess: what becomes of the three numbers, and what of the twelve todos? Limbeck says it, and asks.",
  ],
  checks: [wentUpAndDown, schemaIsBack, rowsAreThere],
  hints: [
    "Up by one, down by one. The journal of the database knows both.",
    "A downgrade that destroys values asks first. Where nobody can be asked, --allow-data-loss says yes.",
    "Type  limbeck upgrade +1  then  limbeck downgrade -1  and answer yes.",
  ],
  solution: [UP, sql("UPDATE todos SET priority = 1 WHERE id <= 3"), DOWN],
  wrongStates: [
    { trips: "still-upgraded", steps: [UP] },
    { trips: "too-far-down", steps: [UP, run("downgrade", "base", "--allow-data-loss")] },
    { trips: "never-downgraded", steps: [UP, FORGET] },
    {
      trips: "column-left",
      steps: [replace(SECOND, '  await op.dropColumn("todos", "priority");', ""), UP, DOWN],
    },
    { trips: "rows-lost", steps: [UP, DOWN, sql("DELETE FROM todos WHERE id > 3")] },
  ],
  learned:
    "The column came and went, the rows stayed, and the values of the column are gone: a downgrade restores a schema, not data.",
};
