import { tmpdir } from "node:os";
import type { Case } from "../read-cases.ts";
import type { PairServer } from "./pair-server.ts";
import { runServerPair, type Outcome, type PairReport } from "./run-pair.ts";

function printReport({ id }: Case, { outcome, problems, reported }: PairReport, reason: string | undefined): void {
  console.log(`${outcome.padEnd(10)} ${id}`);
  if (reason !== undefined) console.log(`           known: ${reason}`);
  for (const problem of problems) console.log(`           ${problem.slice(0, 400)}`);
  if (reported.length > 0) console.log(`           reported: ${reported.join("; ")}`);
}

/**
 * Runs pairs, some at the same time, and prints those that are not right, then how many came out how. What the model has no words for counts as such only where the
 * tool reported it.
 *
 * @param options `jobs`: how many run at the same time
 * @returns whether none came out wrong but those of which that is known, with the reason
 */
export async function scoreServerPairs(
  cases: readonly Case[],
  server: PairServer,
  { isVerbose, jobs }: { readonly isVerbose: boolean; readonly jobs: number },
): Promise<boolean> {
  const outcomes: Outcome[] = [];
  const waiting = [...cases];
  let surprises = 0;
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const report = await runServerPair(one, tmpdir(), server);
      outcomes.push(report.outcome);
      const reason = server.knownDeviations?.get(one.id);
      if (report.outcome !== "right" || isVerbose) printReport(one, report, reason);
      if (report.outcome === "wrong" && reason === undefined) surprises += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  await server.close?.();
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  console.log(
    `${server.name}: ${count("right")} of ${cases.length} pairs right, ${count("unmodelled")} with something that was reported as not modelled, ` +
      `${count("refused")} refused, ${count("wrong")} wrong`,
  );
  return surprises === 0;
}
