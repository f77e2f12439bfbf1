/**
 * Runs the public pairs of schemas of an engine, and prints how many come out right.
 *
 *     npm run cases -- --engine sqlite [--verbose] [--only part-of-the-id]
 */
import { parseArgs } from "node:util";
import { findCasesFile, readCases } from "./read-cases.ts";
import { runCase } from "./run-case.ts";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "sqlite" },
    verbose: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const path = findCasesFile(values.engine);
const cases = readCases(path)?.filter(({ id }) => id.includes(values.only));
if (!cases) throw new Error(`There are no cases in ${path}: point LIMBECK_SHARED at the folder above them.`);
let passed = 0;
for (const one of cases) {
  const { problems, rows, operations } = await runCase(values.engine, one);
  if (problems.length === 0) passed += 1;
  if (problems.length > 0 || values.verbose) {
    console.log(
      `${problems.length === 0 ? "ok  " : "FAIL"} ${one.id}  (${operations.length} operations, ${rows} rows)`,
    );
  }
  for (const problem of problems) console.log(`       ${problem}`);
}
console.log(`${values.engine}: ${passed} of ${cases.length} pairs`);
process.exitCode = passed === cases.length ? 0 : 1;
