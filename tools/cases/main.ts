/**
 * Runs the public pairs of schemas of an engine, and prints how many come out right; or random pairs.
 *
 *     npm run cases -- --engine sqlite [--verbose] [--only part-of-the-id]
 *     npm run cases -- --engine postgres [--jobs 2] [--verbose] [--only part-of-the-id]
 *     npm run cases -- --engine mariadb [--jobs 2] [--verbose] [--only part-of-the-id]
 *     npm run cases -- --random 1000 [--seed 1] [--engine postgres|mariadb]
 */
import { parseArgs } from "node:util";
import { mariadbPairsAtRandom } from "./mariadb/random-engine.ts";
import { mariadbPairs } from "./mariadb/scratch-server.ts";
import { postgresPairsAtRandom } from "./postgres/random-engine.ts";
import { createPostgresPairs } from "./postgres/scratch-server.ts";
import { findCasesFile, readCases } from "./read-cases.ts";
import { runCase } from "./run-case.ts";
import { renderRandomPairs, type RandomPairsOptions, type RandomPairsReport } from "./random/random-pairs.ts";
import { runServerPairs } from "./server/random/run-random-pairs.ts";
import { scoreServerPairs } from "./server/score-pairs.ts";
import { runRandomPairs } from "./sqlite/run-random-pairs.ts";

/** Engines that are servers. */
const SERVERS = [createPostgresPairs(), mariadbPairs];

/** How random pairs run on an engine. */
const RANDOM: Readonly<Record<string, (options: RandomPairsOptions) => Promise<RandomPairsReport>>> = {
  sqlite: runRandomPairs,
  postgres: (options) => runServerPairs(postgresPairsAtRandom, options),
  mariadb: (options) => runServerPairs(mariadbPairsAtRandom, options),
};

interface CaseOptions {
  readonly engine: string;
  readonly only: string;
  readonly verbose: boolean;
  readonly jobs: string;
}

async function scoreCases({ engine, only, verbose, jobs }: CaseOptions): Promise<boolean> {
  const server = SERVERS.find(({ name }) => name === engine);
  const path = findCasesFile(server?.casesFile ?? engine);
  const cases = readCases(path)?.filter(({ id }) => id.includes(only));
  if (!cases) throw new Error(`There are no cases in ${path}: point LIMBECK_SHARED at the folder above them.`);
  if (server) return scoreServerPairs(cases, server, { isVerbose: verbose, jobs: Number(jobs) });
  let passed = 0;
  for (const one of cases) {
    const { problems, rows, operations } = await runCase(engine, one);
    const isRight = problems.length === 0;
    if (isRight) passed += 1;
    if (!isRight || verbose) {
      console.log(`${isRight ? "ok  " : "FAIL"} ${one.id}  (${operations.length} operations, ${rows} rows)`);
    }
    for (const problem of problems) console.log(`       ${problem}`);
  }
  console.log(`${engine}: ${passed} of ${cases.length} pairs`);
  return passed === cases.length;
}

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "sqlite" },
    verbose: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    jobs: { type: "string", default: "1" },
    random: { type: "string" },
    seed: { type: "string" },
    "no-shrink": { type: "boolean", default: false },
  },
});
if (values.random === undefined) {
  process.exitCode = (await scoreCases(values)) ? 0 : 1;
} else {
  const seed = values.seed === undefined ? {} : { seed: Number(values.seed) };
  const options = { count: Number(values.random), shrink: !values["no-shrink"], ...seed };
  const run = RANDOM[values.engine];
  if (!run) throw new Error(`Random pairs run on: ${Object.keys(RANDOM).join(", ")}.`);
  console.log(renderRandomPairs(await run(options)));
}
