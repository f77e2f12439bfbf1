import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { timeFigure, withGoal, type Goal, type Group } from "./figure.ts";
import { createLongProject } from "./long-history.ts";
import { isReachable, runClient, SERVERS, type Server } from "./servers.ts";
import { interleave, runNode, type Contestant } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const REVISIONS = 500;
const GOAL: Goal = { measure: "ratio", atMost: 1.1 };

const RUNNER = fileURLToPath(new URL("./run-guarded.ts", import.meta.url));

const UNGUARDED = "without lock, journal and checks";
const GUARDED = "upgrade()";

/** Databases that are empty each time. */
interface Ground {
  readonly engine: string;
  readonly folder: string;
  readonly clear: () => void;
  readonly notes: readonly string[];
  readonly goal?: Goal;
}

function measureOn({ engine, folder, clear, notes, goal }: Ground, workspace: Workspace, rounds: number): Group {
  const options = { cwd: folder, env: workspace.createEnvironment() };
  const contest = (name: string, mode: string): Contestant => ({
    name,
    prepare: clear,
    time: () => Number(runNode([RUNNER, folder, mode], options).stdout),
  });
  const timingOf = interleave([contest(UNGUARDED, "unguarded"), contest(GUARDED, "guarded")], { rounds, warmUps: 1 });
  const unguarded = timingOf(UNGUARDED);
  const guarded = timeFigure(GUARDED, timingOf(GUARDED), unguarded);
  return {
    title: `Guards: ${REVISIONS} revisions on ${engine}, inside the process, compared with the same run without lock, journal and checks`,
    figures: [timeFigure(UNGUARDED, unguarded), goal ? withGoal(guarded, goal) : guarded],
    notes,
  };
}

function measureSqlite(workspace: Workspace, rounds: number): Group {
  const { folder, database } = createLongProject(workspace, "guards-sqlite", REVISIONS);
  const clear = (): void => {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
  };
  const notes = ["A new database file each time, rollback journal, synchronous FULL."];
  return measureOn({ engine: "SQLite", folder, clear, notes, goal: GOAL }, workspace, rounds);
}

function measureServer(server: Server, workspace: Workspace, rounds: number): Group {
  const engine = server.name;
  if (!isReachable(server))
    return { title: `Guards on ${engine}`, figures: [], notes: ["Skipped: no server answers."] };
  const database = `limbeck_bench_${randomBytes(6).toString("hex")}`;
  const project = createLongProject(workspace, `guards-${engine}`, REVISIONS);
  project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(server.url(database))} };\n`);
  const drop = (): void => runClient(server, server.first, `DROP DATABASE IF EXISTS ${database};`);
  const clear = (): void => {
    drop();
    runClient(server, server.first, `CREATE DATABASE ${database};`);
  };
  const notes = ["A new database each time, on the server as it is set up."];
  // What commits every change of the schema by itself has to take notes around each of them.
  const goal = engine === "MariaDB" ? {} : { goal: GOAL };
  try {
    return measureOn({ engine, folder: project.folder, clear, notes, ...goal }, workspace, rounds);
  } finally {
    drop();
  }
}

/** What it costs that a run is alone, can be gone on with, and notices what it broke. */
export function measureGuards(workspace: Workspace, rounds: number): readonly Group[] {
  return [
    measureSqlite(workspace, rounds),
    ...SERVERS.map((server) => measureServer(server, workspace, Math.ceil(rounds / 2))),
  ];
}
