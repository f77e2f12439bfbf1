import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderReport } from "./render-report.ts";
import { readResults } from "./read-results.ts";

/**
 * Runs the conformance suite: every kind of operation on every engine. With `--report` it prints a table of kinds and engines afterwards. Other arguments are
 * passed on to vitest, for example `-t pglite`. Fails when a test fails, and when a kind has no case on an engine and is not declared unsupported there.
 */

const SUITE = "packages/limbeck/test/conformance/conformance.test.ts";

const args = process.argv.slice(2);
const hasReport = args.includes("--report");
const folder = mkdtempSync(join(tmpdir(), "limbeck-conformance-"));
const outcome = join(folder, "results.json");

const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${outcome}`];
const passedOn = args.filter((word) => word !== "--report");
// Its progress goes where a story belongs; the report is the data.
const vitest = spawn("vitest", ["run", SUITE, ...(hasReport ? reporters : []), ...passedOn], {
  stdio: ["ignore", hasReport ? 2 : 1, 2],
});
const [code] = await once(vitest, "exit");
if (hasReport) {
  const { text, missing } = renderReport(readResults(readFileSync(outcome, "utf8")));
  process.stdout.write(text);
  if (missing > 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
if (code !== 0) process.exitCode = 1;
