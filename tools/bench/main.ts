/**
 * Measures Limbeck against bare Node, the bare driver and other tools, and prints ratios of one run.
 *
 *     npm run bench -- [--json] [--rounds N] [--only start-up,upgrade,guards,graph,introspection,tenant-files,tenant-schemas,size]
 *
 * How to read it: docs/benchmarks.md.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { DatabaseSync } from "node:sqlite";
import type { Group } from "./figure.ts";
import { measureGraph } from "./graph.ts";
import { measureGuards } from "./guards.ts";
import { measureIntrospection } from "./introspection.ts";
import { renderReport, type Report } from "./report.ts";
import { measureSize } from "./size.ts";
import { measureStartUp } from "./start-up.ts";
import { measureTenantFiles, measureTenantSchemas } from "./tenants.ts";
import { measureUpgrade } from "./upgrade.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** Each scenario, with how many rounds it gets for each round that was asked for: the long ones vary less. */
const SCENARIOS: Readonly<Record<string, (workspace: Workspace, rounds: number) => Group | readonly Group[]>> = {
  "start-up": (workspace, rounds) => measureStartUp(workspace, rounds),
  upgrade: (workspace, rounds) => measureUpgrade(workspace, Math.ceil(rounds / 2)),
  guards: (workspace, rounds) => measureGuards(workspace, Math.ceil(rounds / 2)),
  graph: (workspace, rounds) => measureGraph(workspace, Math.ceil(rounds / 2)),
  introspection: (workspace, rounds) => measureIntrospection(workspace, Math.ceil(rounds / 5)),
  "tenant-files": (workspace) => measureTenantFiles(workspace),
  "tenant-schemas": (workspace) => measureTenantSchemas(workspace),
  size: () => measureSize(),
};

function readOptions(): { readonly json: boolean; readonly rounds: number; readonly scenarios: readonly string[] } {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      rounds: { type: "string", default: "15" },
      only: { type: "string", default: Object.keys(SCENARIOS).join(",") },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a whole number, not ${values.rounds}`);
  return { json: values.json, rounds, scenarios: values.only.split(",") };
}

function readSqliteVersion(): string {
  const database = new DatabaseSync(":memory:");
  const version = database.prepare("SELECT sqlite_version() AS version").get()?.["version"];
  database.close();
  return String(version);
}

function runScenarios(names: readonly string[], rounds: number): readonly Group[] {
  const workspace = createWorkspace();
  // Ctrl-C ends the process that is being measured, which counts as its failure and leads through `finally`.
  const stay = (): void => undefined;
  process.once("SIGINT", stay);
  try {
    return names.flatMap((name) => {
      const measure = SCENARIOS[name];
      if (!measure) throw new Error(`No scenario "${name}"; there are ${Object.keys(SCENARIOS).join(", ")}`);
      process.stderr.write(`measuring ${name} ...\n`);
      return measure(workspace, rounds);
    });
  } finally {
    workspace.remove();
    process.off("SIGINT", stay);
  }
}

const { json, rounds, scenarios } = readOptions();
const report: Report = {
  date: new Date().toISOString(),
  node: process.versions.node,
  sqlite: readSqliteVersion(),
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  rounds,
  groups: runScenarios(scenarios, rounds),
};
process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : `${renderReport(report)}\n`);
