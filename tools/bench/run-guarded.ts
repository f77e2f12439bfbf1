// Upgrades the project in a folder from its source and prints the milliseconds: with everything that guards a run, or with none of it.
import { enableCompileCache } from "node:module";
import { openEnvironment, type Environment } from "../../packages/limbeck/src/commands/environment.ts";
import { loadSteps } from "../../packages/limbeck/src/commands/load-steps.ts";
import { readProject } from "../../packages/limbeck/src/commands/project.ts";
import { runPlannedSteps } from "../../packages/limbeck/src/commands/run-planned-steps.ts";
import { upgrade } from "../../packages/limbeck/src/commands/upgrade.ts";

enableCompileCache();

/** The same revisions and version rows, without lock, journal, limits of waiting, hooks, and looks at what the revisions broke. */
async function upgradeUnguarded(environment: Environment): Promise<void> {
  const { references: _references, findBroken: _findBroken, belongings: _belongings, ...dialect } = environment.dialect;
  const project = readProject(environment);
  const steps = await loadSteps(project.graph.planUpgrade([], "heads").steps, project);
  const connection = await dialect.connect(environment.database);
  try {
    const unguarded = { ...environment, dialect };
    await runPlannedSteps(unguarded, connection, { steps, from: [], state: { lastId: 0 }, isTrial: true });
  } finally {
    await connection.close();
  }
}

const [cwd = ".", mode] = process.argv.slice(2);
const start = performance.now();
const environment = await openEnvironment({ cwd, env: {} });
if (mode === "unguarded") await upgradeUnguarded(environment);
else await upgrade(environment, { target: "head" });
console.log(performance.now() - start);
