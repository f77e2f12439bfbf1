import { tmpdir } from "node:os";
import type { Case } from "../read-cases.ts";
import type { PairServer } from "./pair-server.ts";
import { runServerPair, type Outcome } from "./run-pair.ts";

/**
 * Runs pairs one after the other and prints those that are not right, then how many came out how. What the model has no words for counts as such only where the
 * tool reported it.
 *
 * @returns whether none came out wrong
 */
export async function scoreServerPairs(
  cases: readonly Case[],
  server: PairServer,
  isVerbose: boolean,
): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    const { outcome, problems, reported } = await runServerPair(one, tmpdir(), server);
    outcomes.push(outcome);
    if (outcome === "right" && !isVerbose) continue;
    console.log(`${outcome.padEnd(10)} ${one.id}`);
    for (const problem of problems) console.log(`           ${problem.slice(0, 400)}`);
    if (reported.length > 0) console.log(`           reported: ${reported.join("; ")}`);
  }
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  console.log(
    `${server.name}: ${count("right")} of ${cases.length} pairs right, ${count("unmodelled")} with something that was reported as not modelled, ` +
      `${count("refused")} refused, ${count("wrong")} wrong`,
  );
  return count("wrong") === 0;
}
