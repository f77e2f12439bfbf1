import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LIMBECK_BIN } from "../link-limbeck.ts";
import type { Figure, Group } from "./figure.ts";
import { createLongProject } from "./long-history.ts";
import type { Project } from "./project.ts";
import { isReachable, runClient, SERVERS } from "./servers.ts";
import { runNode } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const REVISIONS = 10;
const FEW_FILES = 200;
const MANY_FILES = 2000;
const FEW_SCHEMAS = 50;
const MANY_SCHEMAS = 500;

const MEMORY_REPORTER = fileURLToPath(new URL("report-memory.mjs", import.meta.url));

/** Databases of one kind. */
interface Tenants {
  readonly kind: string;
  readonly project: Project;
  /** Memory must not grow from the one to the other. */
  readonly few: number;
  readonly many: number;
  /** Leaves none of them with anything in it. */
  readonly clear: () => void;
}

interface Counts {
  readonly upgraded: number;
  readonly upToDate: number;
}

/** In kB. */
interface Memory {
  /** The most that the process had, with what Node has not given back yet. */
  readonly most: number;
  /** What was in use at its end. */
  readonly inUse: number;
}

/** What a run over all tenants took. */
interface TenantRun extends Counts {
  readonly milliseconds: number;
  readonly memory: Memory;
}

const UPGRADE_ALL = [LIMBECK_BIN, "upgrade", "head", "--all", "--json"];

const createEnvironment = (workspace: Workspace, count: number) => ({
  ...workspace.createEnvironment(),
  TENANTS: String(count),
});

function readCounts(stdout: string): Counts {
  const answer: { readonly data: Counts } = JSON.parse(stdout);
  return answer.data;
}

/** @throws Error when a tenant is left out: a failure must not pass for a fast run */
function upgradeAll(workspace: Workspace, { project }: Tenants, count: number): TenantRun {
  const report = join(project.folder, "memory");
  const env = { ...createEnvironment(workspace, count), MEMORY_REPORT: report };
  const { milliseconds, stdout } = runNode(["--expose-gc", "--import", MEMORY_REPORTER, ...UPGRADE_ALL], {
    cwd: project.folder,
    env,
  });
  const { upgraded, upToDate } = readCounts(stdout);
  if (upgraded + upToDate !== count) throw new Error(`Upgraded ${upgraded} of ${count} tenants:\n${stdout}`);
  const memory: Memory = JSON.parse(readFileSync(report, "utf8"));
  return { milliseconds, memory, upgraded, upToDate };
}

/** Kills a run after that many milliseconds, and lets another one go on. */
function killAndResume(workspace: Workspace, tenants: Tenants, milliseconds: number): TenantRun {
  const { project, many } = tenants;
  const env = createEnvironment(workspace, many);
  const timeout = Math.round(milliseconds);
  const options = { cwd: project.folder, env, timeout, killSignal: "SIGKILL", stdio: "ignore" } as const;
  const { signal } = spawnSync(process.execPath, UPGRADE_ALL, options);
  if (signal !== "SIGKILL") throw new Error("The run that was to be killed half-way had ended before.");
  return upgradeAll(workspace, tenants, many);
}

function listFigures(name: string, count: number, { milliseconds, memory }: TenantRun): readonly Figure[] {
  const title = `${count.toLocaleString("en")} ${name}`;
  return [
    { name: `${title}: the run`, unit: "ms", value: milliseconds },
    { name: `${title}: each`, unit: "ms", value: milliseconds / count },
    { name: `${title}: most memory`, unit: "kB", value: memory.most },
    { name: `${title}: in use at the end`, unit: "kB", value: memory.inUse },
  ];
}

function measureKind(workspace: Workspace, tenants: Tenants): Group {
  const { kind, few: fewTenants, many, clear } = tenants;
  clear();
  const few = upgradeAll(workspace, tenants, fewTenants);
  clear();
  const all = upgradeAll(workspace, tenants, many);
  const again = upgradeAll(workspace, tenants, many);
  clear();
  const resumed = killAndResume(workspace, tenants, all.milliseconds / 2);
  return {
    title: `upgrade head --all: ${REVISIONS} revisions for each of the ${kind}, whole processes`,
    figures: [
      ...listFigures(kind, fewTenants, few),
      ...listFigures(kind, many, all),
      { name: `${many.toLocaleString("en")} ${kind}: again, nothing to do`, unit: "ms", value: again.milliseconds },
    ],
    notes: [`Killed half-way; the next run upgraded the ${resumed.upgraded} of ${many} that were left.`],
  };
}

/** @param tenant JavaScript of the URL of a tenant, by its number */
function createTenantProject(workspace: Workspace, name: string, url: string, tenant: string): Project {
  const project = createLongProject(workspace, name, REVISIONS);
  project.write(
    "limbeck.config.ts",
    `export default { url: ${JSON.stringify(url)}, *tenants() {
      const count = Number(process.env["TENANTS"]);
      for (let number = 0; number < count; number += 1) yield { name: "t" + number, url: ${tenant} };
    } };\n`,
  );
  return project;
}

/** One command over many files of SQLite, killed half-way once. */
export function measureTenantFiles(workspace: Workspace): Group {
  const project = createTenantProject(workspace, "tenant-files", "sqlite:app.db", '"sqlite:tenants/" + number + ".db"');
  const folder = join(project.folder, "tenants");
  const clear = (): void => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  };
  return measureKind(workspace, { kind: "SQLite files", project, few: FEW_FILES, many: MANY_FILES, clear });
}

/** Statements that drop and make many schemas, a few in each transaction: every one takes a lock. */
const renewSchemas: string = Array.from(
  { length: MANY_SCHEMAS },
  (_, number) => `DROP SCHEMA IF EXISTS t${number} CASCADE; CREATE SCHEMA t${number};`,
).join("\n");

/** One command over many schemas of PostgreSQL, killed half-way once. */
export function measureTenantSchemas(workspace: Workspace): Group {
  const kind = "schemas of PostgreSQL";
  const server = SERVERS.find(({ name }) => name === "PostgreSQL");
  if (!server || !isReachable(server)) {
    return { title: kind, figures: [], notes: ["Skipped: no server answers."] };
  }
  const database = `limbeck_bench_${randomBytes(6).toString("hex")}`;
  runClient(server, server.first, `CREATE DATABASE ${database};`);
  try {
    const url = server.url(database);
    const project = createTenantProject(workspace, "tenant-schemas", url, `"${url}?schema=t" + number`);
    const clear = (): void => runClient(server, database, renewSchemas);
    return measureKind(workspace, { kind, project, few: FEW_SCHEMAS, many: MANY_SCHEMAS, clear });
  } finally {
    runClient(server, server.first, `DROP DATABASE ${database};`);
  }
}
