import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diff } from "../../../packages/limbeck/src/commands/diff.ts";
import { downgrade } from "../../../packages/limbeck/src/commands/downgrade.ts";
import { openEnvironment, type Environment } from "../../../packages/limbeck/src/commands/environment.ts";
import { createRevision, type RevisionResult } from "../../../packages/limbeck/src/commands/revision.ts";
import { upgrade } from "../../../packages/limbeck/src/commands/upgrade.ts";
import { LimbeckError } from "../../../packages/limbeck/src/kernel/errors/limbeck-error.ts";
import type { Case } from "../read-cases.ts";
import { formatRename, readRenames } from "../read-renames.ts";
import { compareDumps } from "./compare-dumps.ts";
import type { OwnDatabase, PairServer } from "./pair-server.ts";

/**
 * How a pair came out: `right` when up, down and the second comparison are; `unmodelled` when they are not, and what is amiss was reported as unmanaged;
 * `refused` when the tool said beforehand that it cannot; `wrong` for everything else.
 */
export type Outcome = "right" | "unmodelled" | "refused" | "wrong";

/** What came of a pair. */
export interface PairReport {
  readonly outcome: Outcome;
  readonly problems: readonly string[];
  /** What the tool said it leaves alone. */
  readonly reported: readonly string[];
}

const describeError = (error: unknown): string =>
  error instanceof LimbeckError ? `${error.code} ${error.title} ${error.why.replaceAll("\n", " ")}` : String(error);

const isNothingToDo = (error: unknown): boolean =>
  error instanceof LimbeckError && error.reason === "nothingToGenerate";

async function openProject(parent: string, { url }: OwnDatabase, source: string): Promise<Environment> {
  const folder = mkdtempSync(join(parent, "limbeck-pair-"));
  mkdirSync(join(folder, "migrations/versions"), { recursive: true });
  writeFileSync(join(folder, "schema.sql"), source);
  const config = { url, models: "schema.sql" };
  writeFileSync(join(folder, "limbeck.config.ts"), `export default ${JSON.stringify(config)};\n`);
  return openEnvironment({ cwd: folder, env: {} });
}

async function runSteps(
  environment: Environment,
  database: OwnDatabase,
  { from, to }: Dumps,
  renames: readonly string[],
) {
  const problems: string[] = [];
  const reported: string[] = [];
  const answers = { renames, noRename: true, dropOk: true };
  let revision: RevisionResult | undefined;
  try {
    revision = await createRevision(environment, { message: "pair", autogenerate: true, ...answers });
    reported.push(...revision.unmanaged.map(({ kind, name }) => `${kind} ${name}`));
  } catch (error) {
    if (!isNothingToDo(error)) throw error;
    reported.push(...(await diff(environment, answers)).unmanaged.map(({ kind, name }) => `${kind} ${name}`));
  }
  if (revision) await upgrade(environment, { target: "head" });
  problems.push(...compareDumps(await database.dump(), to).map((line) => `up: ${line}`));
  const again = await diff(environment, { noRename: true, dropOk: true });
  problems.push(...again.changes.map(({ text }) => `again: ${text}`));
  if (revision) {
    await downgrade(environment, { target: "base", allowDataLoss: true });
    problems.push(...compareDumps(await database.dump(), from).map((line) => `down: ${line}`));
  }
  return { problems, reported };
}

interface Dumps {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Runs one pair on databases of its own, judged by the vendor's own dump. */
export async function runServerPair(pair: Case, parent: string, server: PairServer): Promise<PairReport> {
  const [database, wanted] = [await server.createDatabase(), await server.createDatabase()];
  let folder: string | undefined;
  try {
    await database.load(pair.from);
    await wanted.load(pair.to);
    const dumps = { from: await database.dump(), to: await wanted.dump() };
    // A source without a statement is refused, and rightly: it would drop everything.
    const source = pair.to.trim() === "" ? server.doNothing : pair.to;
    const environment = await openProject(parent, database, source);
    folder = join(environment.config.path, "..");
    // Of what has its new name already there is nothing to answer.
    const renames = readRenames(pair.to).filter(({ from }) => pair.from.includes(from));
    const { problems, reported } = await runSteps(environment, database, dumps, renames.map(formatRename));
    if (problems.length === 0) return { outcome: "right", problems, reported };
    return { outcome: reported.length > 0 ? "unmodelled" : "wrong", problems, reported };
  } catch (error) {
    const isRefusal = error instanceof LimbeckError && !error.code.startsWith("LB11");
    return { outcome: isRefusal ? "refused" : "wrong", problems: [describeError(error)], reported: [] };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    await wanted.drop();
    await database.drop();
  }
}
