import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LIMBECK_BIN, linkLimbeck } from "../link-limbeck.ts";
import { timeFigure, withGoal, type Group } from "./figure.ts";
import { listIntrospectingPeers } from "./introspecting-peers.ts";
import { renderManyModels } from "./many-tables.ts";
import { isReachable, runClient, SERVERS, type Server } from "./servers.ts";
import { interleave, runNode, runProgram, type Contestant } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const TABLES = 1000;

/** As many as a transaction of PostgreSQL may drop with its usual number of locks. */
const TABLES_A_REVISION = 250;

const RECORDER = fileURLToPath(new URL("record-queries.ts", import.meta.url));

/** A project whose revisions have made all tables in a database. */
function createAppliedProject(workspace: Workspace, { name, url }: Server, database: string): string {
  const folder = workspace.createFolder(`introspection-${name}`);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const limbeck = (...args: readonly string[]): unknown =>
    runNode([LIMBECK_BIN, ...args], { cwd: folder, env: workspace.createEnvironment() });
  write("package.json", `${JSON.stringify({ name: "bench", private: true, type: "module" })}\n`);
  linkLimbeck(folder);
  write("migrations/versions/.gitkeep", "");
  const settings = `url: ${JSON.stringify(url(database))}, models: () => import("./app/models.ts")`;
  write("limbeck.config.ts", `export default { ${settings} };\n`);
  for (let count = TABLES_A_REVISION; count <= TABLES; count += TABLES_A_REVISION) {
    write("app/models.ts", renderManyModels(count));
    limbeck("revision", "-m", `${count} tables`, "--autogenerate");
    limbeck("upgrade", "head");
  }
  return folder;
}

function measureOn(server: Server, database: string, workspace: Workspace, rounds: number): Group {
  const folder = createAppliedProject(workspace, server, database);
  const options = { cwd: folder, env: workspace.createEnvironment() };
  const script = join(folder, "queries.sql");
  writeFileSync(script, runNode([RECORDER, server.url(database)], options).stdout);
  const [client, ...args] = server.client(database);
  const base = `${client}: the same queries`;
  const inspect = "limbeck inspect --json";
  const [diff, check] = ["limbeck diff, no change (times: inspect)", "limbeck check, no change (times: inspect)"];
  const own: readonly Contestant[] = [
    { name: base, time: () => runProgram(client, [...args, ...server.readFile(script)], options).milliseconds },
    { name: inspect, time: () => runNode([LIMBECK_BIN, "inspect", "--json"], options).milliseconds },
    { name: diff, time: () => runNode([LIMBECK_BIN, "diff"], options).milliseconds },
    { name: check, time: () => runNode([LIMBECK_BIN, "check"], options).milliseconds },
  ];
  const { contestants: peers, notes } = listIntrospectingPeers(workspace, server, { database, tables: TABLES });
  const timingOf = interleave([...own, ...peers], { rounds, warmUps: 1 });
  const queries = timingOf(base);
  return {
    title: `Introspection: ${TABLES.toLocaleString("en")} tables on ${server.name}, whole processes, compared with the queries alone`,
    figures: [
      timeFigure(base, queries),
      withGoal(timeFigure(inspect, timingOf(inspect), queries), { measure: "overBase", atMost: 1000 }),
      withGoal(timeFigure(diff, timingOf(diff), timingOf(inspect)), { measure: "ratio", atMost: 1.3 }),
      timeFigure(check, timingOf(check), timingOf(inspect)),
      ...peers.map(({ name }) => timeFigure(name, timingOf(name), queries)),
    ],
    notes,
  };
}

/** Commands that read a large schema from a server. */
export function measureIntrospection(workspace: Workspace, rounds: number): readonly Group[] {
  return SERVERS.map((server): Group => {
    if (!isReachable(server)) {
      return { title: `Introspection on ${server.name}`, figures: [], notes: ["Skipped: no server answers."] };
    }
    const database = `limbeck_bench_${randomBytes(6).toString("hex")}`;
    runClient(server, server.first, `CREATE DATABASE ${database};`);
    try {
      return measureOn(server, database, workspace, rounds);
    } finally {
      runClient(server, server.first, `DROP DATABASE ${database};`);
    }
  });
}
