import { tmpdir } from "node:os";
import type { Case } from "./read-cases.ts";
import { readRenames } from "./read-renames.ts";
import { runPair, type PairReport } from "./sqlite/run-pair.ts";

/** Who runs the pairs of each engine. */
const RUNNERS: Readonly<Record<string, typeof runPair>> = { sqlite: runPair };

/**
 * Runs one public pair.
 *
 * @param engine for example `sqlite`
 * @throws Error when nobody runs the pairs of that engine
 */
export async function runCase(engine: string, { from, to }: Case): Promise<PairReport> {
  const run = RUNNERS[engine];
  if (!run) throw new Error(`There is no runner for ${engine}, only for ${Object.keys(RUNNERS).join(", ")}.`);
  return run({ from, to, renames: readRenames(to) }, { parent: tmpdir() });
}
