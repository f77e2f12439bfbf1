import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import type { Learner } from "../../learner.ts";
import { node, run, write } from "../../step.ts";
import { PROJECT_WITH_TODOS, TODOS, writeModels, writeRevision } from "../small-project.ts";

const FILE = "close-day.ts";

const CHANGE = {
  id: "002",
  below: "001",
  message: "add closed",
  up: 'await op.addColumn("todos", "closed", integer());',
  down: 'await op.dropColumn("todos", "closed");',
};

const scriptWith = (
  body: string,
): string => `/** Writes a summary of the day into the table todos. Asking the other service for it takes a while. */
import { setTimeout as wait } from "node:timers/promises";
import { createLimbeck } from "limbeck/commands";
import { openSqlite } from "limbeck/sqlite";

async function askOtherService(): Promise<string> {
  await wait(2500);
  return "Summary of the day";
}

const { environment } = await createLimbeck({ cwd: process.cwd(), env: process.env });
const connection = await openSqlite(String(environment.database));
${body}
await connection.close();
`;

const BEGIN = 'await connection.execute("BEGIN IMMEDIATE");\n';
const ASK = "const summary = await askOtherService();\n";
const INSERT = 'await connection.execute("INSERT INTO todos (title) VALUES (?)", [summary]);\n';
const COMMIT = 'await connection.execute("COMMIT");';

const LONG = scriptWith(BEGIN + ASK + INSERT + COMMIT);
const SHORT = scriptWith(ASK + BEGIN + INSERT + COMMIT);

/** Seconds that a write waits for the lock of another: fewer than the other service takes. */
const PATIENCE = 1;

const PAUSE = 100;

function startScript({ folder, env }: Learner, url: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [FILE], { cwd: folder, env: { ...env, DATABASE_URL: url }, stdio: "ignore" });
    child.on("close", (code) => resolve(code));
  });
}

/** Writes again and again until the script has ended. @returns whether no write had to wait for long */
async function writesBeside(
  learner: Learner,
  { url, ended }: { readonly url: string; readonly ended: Promise<unknown> },
): Promise<boolean> {
  const { limbeck } = await learner.open();
  const other = await limbeck.environment.dialect.connect(url);
  const over = ended.then(() => true);
  try {
    await other.execute(`PRAGMA busy_timeout = ${PATIENCE * 1000}`);
    do await other.execute("UPDATE todos SET title = title");
    while (!(await Promise.race([over, wait(PAUSE, false)])));
    return true;
  } catch {
    return false;
  } finally {
    await other.close();
  }
}

async function findInRunning(learner: Learner): Promise<Finding | undefined> {
  const hidden = await learner.openHidden();
  await hidden.limbeck.upgrade({ target: "001" });
  const script = startScript(learner, hidden.url);
  const cameThrough = await writesBeside(learner, { url: hidden.url, ended: script });
  const code = await script;
  if (code !== 0) return finding("script-fails", `${FILE} ends with exit code ${code}.`, `node ${FILE}`);
  const rows = await hidden.query("SELECT title FROM todos");
  if (!rows.some(({ title }) => title === "Summary of the day"))
    return finding("summary-missing", `After ${FILE} there is no "Summary of the day" in the table.`, `node ${FILE}`);
  return cameThrough
    ? undefined
    : finding(
        "holds-the-lock",
        `While ${FILE} waits for the other service, nobody else can write, and an upgrade stands in the queue.`,
        "Ask the other service before BEGIN, not inside the transaction",
      );
}

const locksBriefly: Check = {
  title: `${FILE} writes its summary, and keeps nobody waiting`,
  find: findInRunning,
};

/** Exercise 23. */
export const lockQueue: Exercise = {
  id: "23-lock-queue",
  part: "Break it, and mend it",
  title: "The queue behind a lock",
  minutes: 6,
  folder: "labs/lock-queue",
  text: [
    `Every evening ${FILE} runs: it begins a transaction, asks another service, and writes the answer. All the while it holds the lock. A deployment comes along, and its upgrade has to wait; on a server, all that comes after the upgrade waits too. See it:`,
    `    node ${FILE} & sleep 1; limbeck upgrade head --lock-timeout 0; wait`,
    `Change ${FILE} so that it holds the lock only while it writes. Then apply the revision that is pending.`,
  ],
  start: [
    ...PROJECT_WITH_TODOS,
    writeModels(TODOS.replace("\n});", "\n  closed: integer(),\n});")),
    writeRevision(CHANGE),
    write(FILE, LONG),
  ],
  checks: [locksBriefly, APPLIED],
  hints: [
    "What takes long, and does it need the database?",
    "A transaction is to hold statements only. The answer of the other service can be had before it begins.",
    "Move the line with askOtherService() above the line with BEGIN IMMEDIATE.",
  ],
  solution: [write(FILE, SHORT), run("upgrade", "head")],
  wrongStates: [
    { trips: "holds-the-lock", steps: [run("upgrade", "head")] },
    { trips: "not-applied", steps: [write(FILE, SHORT)] },
    { trips: "summary-missing", steps: [write(FILE, scriptWith("")), run("upgrade", "head")] },
    { trips: "script-fails", steps: [write(FILE, scriptWith(ASK + INSERT + COMMIT)), node("models.ts")] },
  ],
  learned:
    "An upgrade needs a lock, however short its work is. It is the long transactions of others that make it long, so they are what one looks for before a deployment.",
};
