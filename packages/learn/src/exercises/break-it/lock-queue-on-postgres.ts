import { setTimeout as wait } from "node:timers/promises";
import { LimbeckError } from "limbeck";
import { APPLIED } from "../../checks/applied.ts";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import type { Learner } from "../../learner.ts";
import { run, write, type Step } from "../../step.ts";
import {
  MIGRATIONS_LINE,
  MODELS_LINE,
  pathOf,
  placeLab,
  projectWithTodosOn,
  TODOS,
  writeConfig,
  writeModels,
  writeRevision,
} from "../small-project.ts";

const REPORT = "report.ts";

const REPORT_SCRIPT = `/** A report reads todos in a transaction, and takes its time. */
import { setTimeout as wait } from "node:timers/promises";
import { createLimbeck } from "limbeck/commands";

const { environment } = await createLimbeck({ cwd: import.meta.dirname, env: process.env });
const connection = await environment.dialect.connect(environment.database);
await connection.execute("BEGIN");
await connection.query("SELECT title FROM todos");
console.log("The report has begun.");
await wait(15_000);
await connection.execute("COMMIT");
await connection.close();
console.log("The report is done.");
`;

const CHANGE = {
  id: "002",
  below: "001",
  message: "add closed",
  up: 'await op.addColumn("todos", "closed", integer());',
  down: 'await op.dropColumn("todos", "closed");',
};

/** Seconds that a reader waits behind the upgrade: longer than the upgrade may queue, by enough for a busy machine. */
const PATIENCE = 3;

/** Milliseconds between two looks at the queue. */
const PAUSE = 20;

type Connection = Awaited<
  ReturnType<Awaited<ReturnType<Learner["open"]>>["limbeck"]["environment"]["dialect"]["connect"]>
>;

/** Waits until a statement waits for a lock, or the upgrade is over. */
async function waitForQueue(connection: Connection, isOver: () => boolean): Promise<void> {
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  while (!isOver() && (await connection.query(waiting)).length === 0) await wait(PAUSE);
}

const goesThrough = (connection: Connection, statement: string): Promise<boolean> =>
  connection.execute(statement).then(
    () => true,
    () => false,
  );

const explain = (error: unknown): string =>
  error instanceof LimbeckError ? `${error.title} ${error.why}` : String(error);

/** Lets an upgrade come along while a report runs, and a reader behind it. */
async function findInQueue(learner: Learner): Promise<Finding | undefined> {
  const { limbeck, url } = await learner.openHidden();
  await limbeck.upgrade({ target: "001" });
  const connect = (): Promise<Connection> => limbeck.environment.dialect.connect(url);
  const [report, reader] = [await connect(), await connect()];
  let isOver = false;
  try {
    await report.execute("BEGIN");
    await report.query("SELECT title FROM todos");
    const upgrade = limbeck
      .upgrade({ target: "head" })
      .then(
        () => undefined,
        (error: unknown) => explain(error),
      )
      .finally(() => {
        isOver = true;
      });
    await waitForQueue(reader, () => isOver).catch(() => undefined);
    await reader.execute(`SET lock_timeout = '${PATIENCE}s'`);
    const comesThrough = await goesThrough(reader, "SELECT title FROM todos");
    const isReportAlive = await goesThrough(report, "COMMIT");
    const problem = await upgrade;
    if (!isReportAlive)
      return finding(
        "report-ended",
        "The upgrade ended the session of the report, which somebody is waiting for.",
        `Leave the sessions of others alone in ${pathOf(CHANGE)}, and wait for a short while only`,
      );
    if (!comesThrough)
      return finding(
        "everybody-waits",
        `While the report ran, the upgrade stood in the queue, and a reader behind it got nothing for ${PATIENCE} seconds.`,
        "In limbeck.config.ts, let tableLockTimeout be at most 2 seconds",
      );
    if (problem !== undefined)
      return finding(
        "gives-up",
        `The upgrade gave up its place, and did not come again after the report. ${problem}`,
        "In limbeck.config.ts, let tableLockTries be more than 1, or leave it out",
      );
    return undefined;
  } finally {
    await report.close().catch(() => undefined);
    await reader.close().catch(() => undefined);
  }
}

const keepsNobodyWaiting: Check = {
  title: "While a report runs, readers get through, and the upgrade comes again until it has its lock",
  find: findInQueue,
};

const configWith = (...lines: readonly string[]): Step =>
  writeConfig("postgres", MODELS_LINE, MIGRATIONS_LINE, ...lines);
const PATIENT = configWith("tableLockTimeout: 0.5,");
const UP = run("upgrade", "head");

/** Exercise 27. */
export const lockQueueOnPostgres: Exercise = {
  ...placeLab("postgres", "lock-queue", { onServer: 27 }),
  title: "The queue behind an upgrade, on PostgreSQL",
  minutes: 7,
  text: [
    `${REPORT} reads todos in a transaction of 15 seconds. The revision 002 needs the table for itself for a millisecond, so it has to wait; and whoever wants the table after it stands in the queue behind it, readers too. The config lets it wait for ever: tableLockTimeout is 0. See it:`,
    `    node ${REPORT} & sleep 2; limbeck upgrade head & sleep 2`,
    '    node sql.ts "SELECT title FROM todos"; wait',
    "The reader got its rows when the report was done. Take that back with `limbeck learn undo`, and let the upgrade give up its place after two seconds at most, and come again. Then do the same once more: the reader gets through, and Limbeck says who is in the way.",
    "At the end 002 is applied.",
  ],
  start: [
    ...projectWithTodosOn("postgres"),
    configWith("tableLockTimeout: 0,"),
    writeModels(TODOS.replace("\n});", "\n  closed: integer(),\n});")),
    writeRevision(CHANGE),
    write(REPORT, REPORT_SCRIPT),
  ],
  checks: [keepsNobodyWaiting, APPLIED],
  hints: [
    "Two settings in limbeck.config.ts are about this: how long one try waits, and how many tries there are.",
    "tableLockTimeout is in seconds, and 0 is for ever. Without the line it is 2, and tableLockTries is 10.",
    "tableLockTimeout: 0.5,  in limbeck.config.ts, then  limbeck upgrade head",
  ],
  solution: [PATIENT, UP],
  wrongStates: [
    { trips: "everybody-waits", steps: [UP] },
    { trips: "everybody-waits", steps: [configWith("tableLockTimeout: 60,"), UP] },
    { trips: "gives-up", steps: [configWith("tableLockTimeout: 0.5,", "tableLockTries: 1,")] },
    {
      trips: "report-ended",
      steps: [
        writeRevision({
          ...CHANGE,
          up: `await op.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'todos'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()");\n${CHANGE.up}`,
        }),
        UP,
      ],
    },
    { trips: "not-applied", steps: [PATIENT] },
  ],
  learned:
    "A lock that is waited for is as bad as one that is held. Limbeck waits for two seconds at most, unless it is told otherwise, and comes again ten times.",
};
