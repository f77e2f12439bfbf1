import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { DATABASE_UNTOUCHED, listTables, readVersions } from "../../checks/project-checks.ts";
import { findQuoted, readAnswers } from "../../checks/read-answers.ts";
import { sql, write } from "../../step.ts";

const FILE = "answers/03.json";

const answer = (tables: number | null, current: string | null, missing: string | null): string =>
  `${JSON.stringify({ tables_in_the_database: tables, database_stands_at: current, missing_table: missing }, undefined, 2)}\n`;

function compareTables(given: unknown, real: number): Finding | undefined {
  if (given === real) return undefined;
  return given === 1
    ? finding(
        "counted-the-models",
        "You wrote 1 table: that is in the models. The database has none yet.",
        "limbeck inspect",
      )
    : finding("tables-miscounted", `tables_in_the_database is not ${String(given)}.`, "limbeck inspect");
}

const answersFit: Check = {
  title: `${FILE} says how files, database and models stand`,
  find: async (learner) => {
    const answers = readAnswers(learner, FILE);
    if ("name" in answers) return answers;
    const database = await learner.open();
    const { tables_in_the_database: tables, database_stands_at: stands, missing_table: missing } = answers.values;
    const quoted = findQuoted("tables_in_the_database", tables, FILE);
    if (quoted) return quoted;
    const miscounted = compareTables(tables, (await listTables(database)).length);
    if (miscounted) return miscounted;
    const [version = "base"] = await readVersions(database);
    if (stands !== version)
      return finding("wrong-version", `database_stands_at is not "${String(stands)}".`, "limbeck status");
    const { operations } = await database.limbeck.diff();
    const created = operations.flatMap((one) => (one.kind === "createTable" ? [one.table.name] : []));
    return typeof missing === "string" && created.includes(missing)
      ? undefined
      : finding(
          "wrong-difference",
          `missing_table is not ${JSON.stringify(missing)}: it is what the models have and the database has not.`,
          "limbeck diff",
        );
  },
};

/** Exercise 3. */
export const look: Exercise = {
  id: "03-look",
  part: "The ten steps",
  title: "Look before you touch",
  minutes: 4,
  text: [
    "There are three things that may say something different: the files with revisions, the database, and the models. Before every change one looks at all three:",
    "    limbeck status      where the database stands, what is pending",
    "    limbeck inspect     what the database holds",
    "    limbeck diff        what the models have besides",
    `Write what you see into ${FILE}, in the place of the three null.`,
  ],
  start: [write(FILE, answer(null, null, null))],
  checks: [DATABASE_UNTOUCHED, answersFit],
  hints: [
    "Each of the three commands answers one of the three questions.",
    '"Stands at" in `limbeck status` is one word, the name of the place before the first revision.',
    'No table is in the database; it stands at "base"; the models have "todos".',
  ],
  solution: [write(FILE, answer(0, "base", "todos"))],
  wrongStates: [
    { trips: "counted-the-models", steps: [write(FILE, answer(1, "base", "todos"))] },
    { trips: "number-in-quotes", steps: [write(FILE, answer(0, "base", "todos").replace(": 0", ': "0"'))] },
    { trips: "wrong-version", steps: [write(FILE, answer(0, "head", "todos"))] },
    { trips: "wrong-difference", steps: [write(FILE, answer(0, "base", "users"))] },
    { trips: "answers-no-json", steps: [write(FILE, "0 tables, base, todos\n")] },
    {
      trips: "table-by-hand",
      steps: [write(FILE, answer(0, "base", "todos")), sql("CREATE TABLE todos (id INTEGER PRIMARY KEY)")],
    },
  ],
  learned: "Looking changes nothing, and not even makes the file todo.db: you can always look.",
};
