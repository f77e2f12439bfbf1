import { finding, type Check, type Exercise } from "../../exercise.ts";
import { APPLIED } from "../../checks/applied.ts";
import { DATA_SETS } from "../../checks/data-sets.ts";
import { isTaken } from "../../checks/is-taken.ts";
import { findLastRevision } from "../../checks/last-revision.ts";
import { readFingerprint } from "../../checks/project-checks.ts";
import { findOneWay, replay } from "../../checks/replay.ts";
import { replace, run, type Step } from "../../step.ts";

const REVISION = "migrations/versions/*_keep_titles_of_live_todos_unique.ts";
const TIME = "'2026-02-01T10:00:00.000Z'";

const insert = (title: string, deletedAt = "NULL"): string =>
  `INSERT INTO todos (title, is_completed, created_at, deleted_at) VALUES ('${title}', 0, ${TIME}, ${deletedAt})`;

const revisionIsThere: Check = {
  title: "There is a revision for it",
  find: async (learner) => {
    const found = await findLastRevision(learner, "unique");
    return "name" in found ? found : undefined;
  },
};

const ruleHolds: Check = {
  title: "The database takes one live todo with a title, and any number of dead ones",
  find: async (learner) => {
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: "head" });
    await database.execute(insert("Tea"));
    if (await isTaken(database, insert("Tea")))
      return finding(
        "twins-accepted",
        "The database took two live todos with the title Tea. NULL is equal to nothing, so UNIQUE (title, deleted_at) lets them through.",
        'index(["title"], { unique: true, where: "deleted_at IS NULL" })',
      );
    await database.execute("UPDATE todos SET deleted_at = " + TIME);
    if (!(await isTaken(database, insert("Tea", TIME))))
      return finding(
        "dead-twins-refused",
        "Two todos in the trash may not have the same title, and they have to.",
        'index(["title"], { unique: true, where: "deleted_at IS NULL" })',
      );
    return (await isTaken(database, insert("Tea")))
      ? undefined
      : finding(
          "title-lost-for-good",
          "A title cannot be used again once a todo with it is in the trash.",
          "The rule must be about live todos only",
        );
  },
};

const dataSetsAreKept: Check = {
  title: "The upgrade gets along with three hidden databases, and loses no todo",
  find: async (learner) => {
    const found = await findLastRevision(learner, "unique");
    if ("name" in found) return found;
    for (const dataSet of DATA_SETS) {
      const replayed = await replay(learner, { dataSet, fillAt: found.below.revision });
      if ("wrong" in replayed) return replayed.wrong;
      const rows = await replayed.database.query("SELECT id, title, deleted_at FROM todos ORDER BY id");
      if (rows.length < dataSet.statements.length)
        return finding(
          "todos-destroyed",
          `On ${dataSet.name}, ${dataSet.statements.length - rows.length} todos are gone for good after the upgrade.`,
          "Move all but one of the same title to the trash, and delete none",
        );
      const titles = new Set(rows.map(({ title }) => title));
      const live = new Set(rows.filter((row) => row["deleted_at"] === null).map(({ title }) => title));
      if (live.size < titles.size)
        return finding(
          "all-twins-trashed",
          `On ${dataSet.name}, no todo of some titles is left live.`,
          "Leave the oldest of each title: the smallest id",
        );
    }
    return undefined;
  },
};

const wayBackFits: Check = {
  title: "The way back takes the rule away",
  find: async (learner) => {
    const found = await findLastRevision(learner, "unique");
    if ("name" in found) return found;
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: found.below.revision });
    const below = await readFingerprint(database);
    await database.limbeck.upgrade({ target: "head" });
    return findOneWay(database, found.below.revision, below);
  },
};

const AFTER_COLUMNS = "  deleted_at: timestamp({ timezone: true }),\n});";
const modelWith = (item: string, helper: string): readonly Step[] => [
  replace("app/models.ts", 'export const todos = table("todos", {', 'export const todos = table(\n  "todos",\n  {'),
  replace("app/models.ts", AFTER_COLUMNS, `  deleted_at: timestamp({ timezone: true }),\n  },\n  [${item}],\n);`),
  replace("app/models.ts", "boolean, integer,", `boolean, ${helper}, integer,`),
];
const MODEL = modelWith('index(["title"], { unique: true, where: "deleted_at IS NULL" })', "index");
const GENERATE = run("revision", "--autogenerate", "-m", "keep titles of live todos unique");
const UP = run("upgrade", "head");

const beforeRule = (statement: string): Step =>
  replace(
    REVISION,
    "export async function upgrade(op: Operations) {\n",
    `export async function upgrade(op: Operations) {
  await op.execute(
    \`${statement}\`,
  );
`,
  );
const DEDUPLICATE = beforeRule(`UPDATE todos SET deleted_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     WHERE deleted_at IS NULL AND id NOT IN (SELECT MIN(id) FROM todos WHERE deleted_at IS NULL GROUP BY title)`);

/** Exercise 13. */
export const liveTitles: Exercise = {
  id: "13-live-titles",
  part: "Soft delete",
  title: "Titles of live todos are unique",
  minutes: 10,
  text: [
    "No two live todos may have the same title, and the database is to see to it. In the trash the same title may lie any number of times.",
    "Add the rule to the model, generate a revision, read what Limbeck says about rows in its way, and edit the upgrade so that it gets along with them. Then apply it:",
    '    limbeck revision --autogenerate -m "keep titles of live todos unique"',
    "    limbeck upgrade head",
    "Your data has no such twins. Hidden databases do: the oldest stays live, the others go to the trash, and none is lost.",
  ],
  checks: [revisionIsThere, ruleHolds, dataSetsAreKept, wayBackFits, APPLIED],
  hints: [
    "A unique index can be about a part of the rows only: `where`.",
    'In the model, behind the columns:  [index(["title"], { unique: true, where: "deleted_at IS NULL" })]',
    "Before the index, in upgrade():  UPDATE todos SET deleted_at = ... WHERE deleted_at IS NULL AND id NOT IN (SELECT MIN(id) FROM todos WHERE deleted_at IS NULL GROUP BY title)",
  ],
  solution: [...MODEL, GENERATE, DEDUPLICATE, UP],
  wrongStates: [
    { trips: "no-revision-yet", steps: [...MODEL] },
    { trips: "upgrade-fails", steps: [...MODEL, GENERATE, UP] },
    {
      trips: "todos-destroyed",
      steps: [
        ...MODEL,
        GENERATE,
        beforeRule("DELETE FROM todos WHERE id NOT IN (SELECT MIN(id) FROM todos GROUP BY title)"),
        UP,
      ],
    },
    {
      trips: "all-twins-trashed",
      steps: [
        ...MODEL,
        GENERATE,
        beforeRule(
          "UPDATE todos SET deleted_at = created_at WHERE title IN (SELECT title FROM todos GROUP BY title HAVING COUNT(*) > 1)",
        ),
        UP,
      ],
    },
    { trips: "twins-accepted", steps: [...modelWith('unique(["title", "deleted_at"])', "unique"), GENERATE, UP] },
    {
      trips: "dead-twins-refused",
      steps: [
        ...modelWith('index(["title", { expression: "deleted_at IS NULL" }], { unique: true })', "index"),
        GENERATE,
        DEDUPLICATE,
        UP,
      ],
    },
    { trips: "not-applied", steps: [...MODEL, GENERATE, DEDUPLICATE] },
  ],
  learned:
    "The rule is in the database, so no way of writing gets around it. And a new rule meets old rows: works on my data says little.",
};
