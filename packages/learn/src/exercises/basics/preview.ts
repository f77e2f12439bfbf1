import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { DATABASE_UNTOUCHED } from "../../checks/project-checks.ts";
import { run, runInto, write } from "../../step.ts";

const UP = "build/001_up.sql";
const DOWN = "build/001_down.sql";

interface Outcome {
  readonly tables: readonly string[];
  readonly versions: number;
}

/** Runs a script with the bare driver. Lines that begin with a point are for the sqlite3 shell. */
function runScript(database: DatabaseSync, script: string): void {
  database.exec(script.replace(/^\..*$/gm, ""));
}

function readOutcome(database: DatabaseSync): Outcome {
  const rows = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  const names = rows.map(({ name }) => String(name));
  const tables = names.filter((name) => !name.startsWith("limbeck_"));
  const versions = names.includes("limbeck_version")
    ? database.prepare("SELECT version_num FROM limbeck_version").all().length
    : 0;
  return { tables, versions };
}

/** Runs scripts one after the other on an empty database. */
function tryScripts(scripts: readonly string[]): Outcome | string {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-learn-"));
  const database = new DatabaseSync(join(folder, "scripts.db"));
  try {
    for (const script of scripts) runScript(database, script);
    return readOutcome(database);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const upAgain = "limbeck upgrade base:head --sql > build/001_up.sql";
const downAgain = "limbeck downgrade head:base --sql > build/001_down.sql";

function judgeUp(outcome: Outcome | string): Finding | undefined {
  if (typeof outcome === "string")
    return finding("up-script-fails", `${UP} does not run on an empty database: ${outcome}.`, upAgain);
  if (!outcome.tables.includes("todos"))
    return finding("up-script-makes-nothing", `${UP} makes no table todos.`, upAgain);
  return outcome.versions === 1
    ? undefined
    : finding(
        "up-script-without-version",
        `${UP} does not write down that the revision ran, as "limbeck upgrade --sql" would.`,
        upAgain,
      );
}

const upRuns: Check = {
  title: `${UP} makes the table, and notes the revision`,
  find: async ({ read }) => {
    const script = read(UP);
    return script === undefined
      ? finding("no-up-script", `There is no ${UP}.`, "mkdir -p build, then the first command above")
      : judgeUp(tryScripts([script]));
  },
};

const downRuns: Check = {
  title: `${DOWN} takes all of it back`,
  find: async ({ read }) => {
    const script = read(DOWN);
    if (script === undefined) return finding("no-down-script", `There is no ${DOWN}.`, downAgain);
    const outcome = tryScripts([read(UP) ?? "", script]);
    if (typeof outcome === "string")
      return finding("down-script-fails", `${DOWN} does not run after ${UP}: ${outcome}.`, downAgain);
    return outcome.tables.length === 0 && outcome.versions === 0
      ? undefined
      : finding("down-script-leaves-something", `After ${DOWN} the database is not at base.`, downAgain);
  },
};

/** Exercise 6. */
export const preview: Exercise = {
  id: "06-preview",
  part: "The ten steps",
  title: "Preview as SQL",
  minutes: 5,
  text: [
    "Before something runs, read it. With --sql Limbeck writes a script and asks no database:",
    "    mkdir -p build",
    "    limbeck upgrade base:head --sql > build/001_up.sql",
    "    limbeck downgrade head:base --sql > build/001_down.sql",
    "Read both: they also keep the table limbeck_version, in which Limbeck notes where the database stands. Both scripts are run here with the bare driver, on a hidden database.",
  ],
  checks: [DATABASE_UNTOUCHED, upRuns, downRuns],
  hints: [
    "Two commands, two files. --sql prints to the screen; > puts it into a file.",
    "The way down needs a beginning and an end, as nobody asks the database where it stands: head:base.",
    "Type the three lines above in the folder of the project.",
  ],
  solution: [runInto(UP, "upgrade", "base:head", "--sql"), runInto(DOWN, "downgrade", "head:base", "--sql")],
  wrongStates: [
    { trips: "no-down-script", steps: [runInto(UP, "upgrade", "head", "--sql")] },
    {
      trips: "up-script-without-version",
      steps: [runInto(UP, "diff", "--sql"), runInto(DOWN, "downgrade", "head:base", "--sql")],
    },
    {
      trips: "up-script-fails",
      steps: [runInto(UP, "downgrade", "head:base", "--sql"), runInto(DOWN, "upgrade", "head", "--sql")],
    },
    {
      trips: "down-script-leaves-something",
      steps: [runInto(UP, "upgrade", "head", "--sql"), write(DOWN, "-- nothing\n")],
    },
    {
      trips: "already-applied",
      steps: [
        runInto(UP, "upgrade", "base:head", "--sql"),
        runInto(DOWN, "downgrade", "head:base", "--sql"),
        run("upgrade", "head"),
      ],
    },
  ],
  learned:
    "Such a script is for whoever may not let a tool near the database. --dry-run, without a range, shows what would run on your database now.",
};
