import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import type { Learner } from "../../learner.ts";
import { node, run, write } from "../../step.ts";
import { PROJECT, TODOS, CREATE_TODOS, writeModels, writeRevision } from "./small-project.ts";

const FILE = "start-service.ts";

const DEFAULTS = {
  id: "002",
  below: "001",
  message: "add the first todos",
  up: 'await op.bulkInsert("todos", [{ title: "Buy milk" }, { title: "Water the plants" }]);',
  down: 'await op.execute("DELETE FROM todos");',
};

const NAIVE = `/** What every copy of the service does when it starts: it brings the database up to date, by hand. */
import { setTimeout as wait } from "node:timers/promises";
import { createLimbeck } from "limbeck/commands";
import { openSqlite } from "limbeck/sqlite";

const limbeck = await createLimbeck({ cwd: process.cwd(), env: process.env });
const { isAtHead } = await limbeck.current();
if (!isAtHead) {
  // Some other thing that takes a while when a service starts.
  await wait(300);
  const connection = await openSqlite(String(limbeck.environment.database));
  await connection.execute("CREATE TABLE IF NOT EXISTS todos (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, title VARCHAR(255) NOT NULL)");
  await connection.execute("INSERT INTO todos (title) VALUES ('Buy milk'), ('Water the plants')");
  await connection.close();
  await limbeck.stamp({ targets: ["head"] });
}
`;

const GOOD = `/** What every copy of the service does when it starts: it brings the database up to date. */
import { createLimbeck } from "limbeck/commands";

const limbeck = await createLimbeck({ cwd: process.cwd(), env: process.env });
await limbeck.upgrade({ target: "head" });
`;

/** A lock of one's own, which nobody waits for. */
const IMPATIENT = GOOD.replace(
  '"limbeck/commands";\n',
  '"limbeck/commands";\nimport { writeFileSync } from "node:fs";\n',
).replace(
  "await limbeck.upgrade",
  'const path = String(limbeck.environment.database).slice("sqlite:".length);\nwriteFileSync(`${path}.lock`, "", { flag: "wx" });\nawait limbeck.upgrade',
);

const COPIES = 3;

/**
 * Lets copies meet wherever the script itself waits, so that none goes on before all have come as far: what goes wrong only now and then goes wrong each time, on a busy
 * machine too.
 *
 * @param folder an empty one
 */
function writeMeeting(folder: string, copies: number): string {
  const place = JSON.stringify(`${folder}/`);
  const code = `import { readdirSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
const wait = timers.setTimeout;
timers.setTimeout = async (...options) => {
  if (new Error().stack.includes(${JSON.stringify(FILE)})) {
    writeFileSync(${place} + process.pid, "");
    for (let tries = 0; tries < 1000 && readdirSync(${place}).length < ${copies}; tries += 1) await wait(10);
  }
  return wait(...options);
};
syncBuiltinESMExports();`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** Starts one copy on a hidden database. @returns what went wrong; empty when nothing did */
function startCopy({ folder, env }: Learner, url: string, meeting: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", meeting, FILE], {
      cwd: folder,
      env: { ...env, DATABASE_URL: url },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on("close", (code) => resolve(code === 0 ? "" : said.trim() || `exit code ${code}`));
  });
}

async function findInStarting(learner: Learner, copies: number): Promise<Finding | undefined> {
  const database = await learner.openHidden();
  const place = join(dirname(database.url.replace("sqlite:", "")), "arrived");
  mkdirSync(place);
  const meeting = writeMeeting(place, copies);
  const problems = await Promise.all(Array.from({ length: copies }, () => startCopy(learner, database.url, meeting)));
  const problem = problems
    .find((one) => one !== "")
    ?.split("\n")
    .find((line) => /error|LB\d/i.test(line));
  if (problems.some((one) => one !== ""))
    return finding(
      copies === 1 ? "copy-fails-alone" : "copy-fails",
      `${copies === 1 ? "It" : `Of ${copies} copies that start at the same time, one`} fails. ${problem ?? ""}`,
      `In ${FILE}, let limbeck.upgrade({ target: "head" }) do the work: it waits for others`,
    );
  const { isAtHead } = await database.limbeck.current();
  if (!isAtHead)
    return finding(
      "not-upgraded",
      "After the start the database does not stand at the head.",
      'await limbeck.upgrade({ target: "head" });',
    );
  const rows = await database.query("SELECT title FROM todos");
  return rows.length === 2
    ? undefined
    : finding(
        "ran-twice",
        `${copies} copies started at the same time, and there are ${rows.length} todos instead of 2.`,
        `In ${FILE}, let limbeck.upgrade({ target: "head" }) do the work`,
      );
}

const oneWorks: Check = {
  title: "One copy of the service brings an empty database to the head",
  find: (learner) => findInStarting(learner, 1),
};

const threeWork: Check = {
  title: "Three copies that start at the same time do it once, and none fails",
  find: (learner) => findInStarting(learner, COPIES),
};

/** Exercise 24. */
export const twoRunners: Exercise = {
  id: "24-two-runners",
  part: "Break it, and mend it",
  title: "Two runners at once",
  minutes: 6,
  folder: "labs/two-runners",
  text: [
    `A service runs in several copies, and each brings the database up to date when it starts: ${FILE}. It looks whether something is missing, and does it. Two copies that look at the same moment both find it missing.`,
    "See it, several times if need be, and look into the table todos:",
    `    node ${FILE} & node ${FILE} & wait`,
    `Change ${FILE} so that any number of copies may start at once: the revisions in migrations/versions do the same, and Limbeck can run them from a program.`,
    "At last bring your own database to the head as well, after `limbeck learn reset` if you tried the above.",
  ],
  start: [...PROJECT, writeModels(TODOS), writeRevision(CREATE_TODOS), writeRevision(DEFAULTS), write(FILE, NAIVE)],
  checks: [oneWorks, threeWork, APPLIED],
  hints: [
    "Looking and doing have to be one step that nobody comes between: a lock.",
    "limbeck.upgrade takes a lock, looks again when it has it, and finds nothing left to do.",
    'Everything behind createLimbeck becomes one line:  await limbeck.upgrade({ target: "head" });',
  ],
  solution: [write(FILE, GOOD), node(FILE)],
  wrongStates: [
    { trips: "not-applied", steps: [write(FILE, GOOD)] },
    { trips: "not-upgraded", steps: [write(FILE, "export {};\n")] },
    { trips: "copy-fails", steps: [write(FILE, IMPATIENT)] },
    { trips: "copy-fails-alone", steps: [write(FILE, GOOD.replace('"head"', '"the-newest"'))] },
    { trips: "ran-twice", steps: [run("upgrade", "head")] },
  ],
  learned: "`limbeck upgrade` may run in every copy that starts. One does the work, the others wait, and find it done.",
};
