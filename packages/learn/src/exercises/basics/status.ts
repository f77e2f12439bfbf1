import { finding, type Check, type Exercise } from "../../exercise.ts";
import { EMPTY } from "../../checks/data-sets.ts";
import { listRevisions, readVersions, type FoundRevision } from "../../checks/project-checks.ts";
import { findQuoted, readAnswers } from "../../checks/read-answers.ts";
import { replay } from "../../checks/replay.ts";
import { replace, run, write, type Step } from "../../step.ts";
import { DOWN, UP } from "./revision.ts";

/** The second revision of the exercises. */
export const SECOND = "migrations/versions/*_add_priority_to_todos.ts";

const FILE = "answers/08.json";

const isPending: Check = {
  title: "A second revision stands on the first one, and is pending",
  find: async (learner) => {
    const database = await learner.open();
    const revisions = await listRevisions(database);
    const [first, second, third] = revisions;
    const roots = revisions.filter(({ downRevision }) => downRevision.length === 0);
    if (!first || !second)
      return finding(
        "no-second-revision",
        "There is one revision so far.",
        'limbeck revision -m "add priority to todos"',
      );
    if (roots.length > 1)
      return finding(
        "two-roots",
        `${roots.length} revisions have downRevision = null: both begin a history of their own.`,
        `In the newer one write  downRevision = "${first.revision}"`,
      );
    if (third) return finding("too-many-revisions", "There are three revisions; two are wanted.", "limbeck learn undo");
    const versions = await readVersions(database);
    return versions.includes(second.revision)
      ? finding(
          "applied-too-early",
          "The second revision is applied already: nothing is pending.",
          "limbeck learn undo",
        )
      : undefined;
  },
};

const addsPriority: Check = {
  title: "It adds the column priority, as the models say by now",
  find: async (learner) => {
    const replayed = await replay(learner, { dataSet: EMPTY, fillAt: "base" });
    if ("wrong" in replayed) return replayed.wrong;
    const { schema } = await replayed.database.limbeck.inspect();
    const columns = schema.tables.find(({ name }) => name === "todos")?.columns ?? [];
    if (!columns.some(({ name }) => name === "priority"))
      return finding(
        "no-priority",
        "After the upgrade todos has no column priority.",
        `In ${SECOND} call op.addColumn`,
      );
    const { changes } = await replayed.database.limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "models-differ",
          `Models and revisions do not agree. The models would still have to: ${changes.map(({ text }) => text).join("; ")}.`,
          "Write the column priority: integer() into app/models.ts as well",
        );
  },
};

const answersFit: Check = {
  title: `${FILE} says where the database stands, and where the files lead`,
  find: async (learner) => {
    const answers = readAnswers(learner, FILE);
    if ("name" in answers) return answers;
    const database = await learner.open();
    const revisions = await listRevisions(database);
    const [version] = await readVersions(database);
    const { database_stands_at: stands, head, pending } = answers.values;
    const isMeant = (text: unknown, { revision, message }: FoundRevision): boolean =>
      text === message || text === revision;
    const [newest] = revisions.slice(-1);
    const below = revisions.find(({ revision }) => revision === version);
    if (!newest || !below) return finding("wrong-state", "The database stands nowhere.", "limbeck learn reset");
    if (isMeant(stands, newest) && isMeant(head, below))
      return finding("answers-swapped", "The two answers are the wrong way round.", "limbeck status");
    if (!isMeant(stands, below) || !isMeant(head, newest))
      return finding("wrong-revision", "The messages are not those that Limbeck shows.", "limbeck history -i");
    const quoted = findQuoted("pending", pending, FILE);
    if (quoted) return quoted;
    return pending === 1 ? undefined : finding("wrong-count", `Pending is not ${String(pending)}.`, "limbeck status");
  },
};

const answer = (stands: string | null, head: string | null, pending: number | null): string =>
  `${JSON.stringify({ database_stands_at: stands, head, pending }, undefined, 2)}\n`;

const RIGHT = answer("create todos", "add priority to todos", 1);

const OPERATIONS = 'import type { Operations } from "limbeck";\n';
const MODEL = replace(
  "app/models.ts",
  "  updated_at: timestamp({ timezone: true }),\n",
  "  updated_at: timestamp({ timezone: true }),\n  priority: integer(),\n",
);
const WRITE: readonly Step[] = [
  replace(SECOND, OPERATIONS, `${OPERATIONS}import { integer } from "limbeck/schema";\n`),
  replace(SECOND, UP, '  await op.addColumn("todos", "priority", integer());'),
  replace(SECOND, DOWN, '  await op.dropColumn("todos", "priority");'),
];
const CREATE = run("revision", "-m", "add priority to todos");

/** Exercise 8. */
export const status: Exercise = {
  id: "08-status",
  part: "The ten steps",
  title: "Status",
  minutes: 6,
  text: [
    "Todos are to have a priority. Write it down in both places: a column `priority: integer()` in app/models.ts, and a second revision, with both ways:",
    '    limbeck revision -m "add priority to todos"',
    '    await op.addColumn("todos", "priority", integer());',
    '    await op.dropColumn("todos", "priority");',
    "Do not apply it. Ask where things stand, with `limbeck status` and `limbeck history -i`, and write it into answers/08.json: two messages of revisions, and how many are pending.",
  ],
  start: [write(FILE, answer(null, null, null))],
  checks: [isPending, addsPriority, answersFit],
  hints: [
    "The model first, then the revision; the answers come from `limbeck status`.",
    "The newest revision is the head. The database stands below it until you upgrade.",
    "`limbeck history -i` shows both messages, and marks the one that the database stands at. One is pending.",
  ],
  solution: [CREATE, ...WRITE, MODEL, write(FILE, RIGHT)],
  wrongStates: [
    { trips: "no-priority", steps: [CREATE, MODEL] },
    { trips: "models-differ", steps: [CREATE, ...WRITE] },
    { trips: "applied-too-early", steps: [CREATE, ...WRITE, MODEL, run("upgrade", "head")] },
    {
      trips: "wrong-revision",
      steps: [CREATE, ...WRITE, MODEL, write(FILE, answer("base", "add priority to todos", 1))],
    },
    {
      trips: "answers-swapped",
      steps: [CREATE, ...WRITE, MODEL, write(FILE, answer("add priority to todos", "create todos", 1))],
    },
    {
      trips: "two-roots",
      steps: [CREATE, ...WRITE, MODEL, replace(SECOND, 'downRevision = "', 'downRevision = null; // "')],
    },
  ],
  learned: "Files say where one could be, the database says where one is. What is between them is pending.",
};
