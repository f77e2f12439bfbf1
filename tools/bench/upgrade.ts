import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { LIMBECK_BIN } from "../link-limbeck.ts";
import { timeFigure, withGoal, type Goal, type Group } from "./figure.ts";
import { createLongProject } from "./long-history.ts";
import type { Project } from "./project.ts";
import { interleave, runNode, type Contestant } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const REVISIONS = 500;
const GOAL: Goal = { measure: "ratio", atMost: 1.5 };

/** Compared as whole processes. */
const PROCESSES = {
  raw: "node:sqlite alone",
  first: "limbeck upgrade head, first time",
  again: "limbeck upgrade head, files seen before",
} as const;

/** Compared without the start of Node and without loading the program. */
const INSIDE = { raw: "node:sqlite alone, inside", library: "upgrade() of the library, inside" } as const;

const RUN_RAW = fileURLToPath(new URL("./run-raw.mjs", import.meta.url));
const RUN_LIBRARY = fileURLToPath(new URL("./run-library.ts", import.meta.url));

/**
 * The statements of a script, one by one, without comments and the commands that are meant for the shell of SQLite.
 * The generated revisions hold no trigger, so every statement ends at a semicolon.
 */
function splitScript(script: string): readonly string[] {
  const text = script.replaceAll(/^(?:--|\.).*$/gm, "");
  return text.split(/;\s*\n/).filter((statement) => statement.trim() !== "");
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** What a database holds, and where it says it stands. */
function describeDatabase(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const objects = database.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY rowid").all();
    return [objects, database.prepare("SELECT * FROM limbeck_version").all()];
  } finally {
    database.close();
  }
}

interface Race {
  readonly contestants: readonly Contestant[];
  /** @throws Error unless everybody did the same work */
  readonly verify: () => void;
}

/** Lines up the tool and the driver alone, which gets the very statements of the tool, transactions included. */
function prepareRace(project: Project, workspace: Workspace): Race {
  const { folder, database } = project;
  const rawDatabase = join(folder, "raw.db");
  const statements = join(folder, "statements.json");
  writeFileSync(statements, JSON.stringify(splitScript(project.limbeck("upgrade", "head", "--sql").stdout)));
  const options = { cwd: folder, env: workspace.createEnvironment() };
  let colds = 0;
  const createColdOptions = (): typeof options => {
    colds += 1;
    return { cwd: folder, env: workspace.createEnvironment(`cold-${colds}`) };
  };
  const raw = (): ReturnType<typeof runNode> => runNode([RUN_RAW, statements, rawDatabase], options);
  const cli = (given: typeof options): number => runNode([LIMBECK_BIN, "upgrade", "head"], given).milliseconds;
  const prepareRaw = (): void => removeDatabase(rawDatabase);
  const prepare = (): void => removeDatabase(database);
  return {
    contestants: [
      { name: PROCESSES.raw, prepare: prepareRaw, time: () => raw().milliseconds },
      { name: PROCESSES.first, prepare, time: () => cli(createColdOptions()) },
      { name: PROCESSES.again, prepare, time: () => cli(options) },
      { name: INSIDE.raw, prepare: prepareRaw, time: () => Number(raw().stdout) },
      {
        name: INSIDE.library,
        prepare,
        time: () => Number(runNode([RUN_LIBRARY, folder], options).stdout),
      },
    ],
    verify() {
      if (isDeepStrictEqual(describeDatabase(database), describeDatabase(rawDatabase))) return;
      throw new Error("The driver alone did not build the same database: the comparison would be worth nothing");
    },
  };
}

/** Five hundred revisions that create a table each, compared with the driver that runs the same statements. */
export function measureUpgrade(workspace: Workspace, rounds: number): Group {
  const project = createLongProject(workspace, "upgrade", REVISIONS);
  const { contestants, verify } = prepareRace(project, workspace);
  const timingOf = interleave(contestants, { rounds, warmUps: 1 });
  verify();
  const rawProcess = timingOf(PROCESSES.raw);
  const rawInside = timingOf(INSIDE.raw);
  return {
    title: `Upgrade: ${REVISIONS} revisions that create a table each, compared with the driver running the same statements`,
    figures: [
      timeFigure(PROCESSES.raw, rawProcess),
      withGoal(timeFigure(PROCESSES.first, timingOf(PROCESSES.first), rawProcess), GOAL),
      withGoal(timeFigure(PROCESSES.again, timingOf(PROCESSES.again), rawProcess), GOAL),
      timeFigure(INSIDE.raw, rawInside),
      withGoal(timeFigure(INSIDE.library, timingOf(INSIDE.library), rawInside), GOAL),
    ],
    notes: [
      "A new database file each time, rollback journal, synchronous FULL; same statements, same transactions.",
      "First time: Node's compile cache is empty. Seen before: it holds the revision files without their types.",
    ],
  };
}
