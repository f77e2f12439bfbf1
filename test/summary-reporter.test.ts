import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("..", import.meta.url));
let directory: string;

/** Run vitest with the summary reporter over some test files: the last line it prints, and its exit status. */
function runTests(files: Readonly<Record<string, string>>): { readonly lastLine: string; readonly passed: boolean } {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(directory, name), source);
  writeFileSync(
    join(directory, "vitest.config.ts"),
    `import { SummaryReporter } from ${JSON.stringify(join(repository, "tools/summary-reporter.ts"))};
     export default { test: { globals: true, reporters: ["default", new SummaryReporter()] } };`,
  );
  const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], {
    cwd: directory,
    encoding: "utf8",
  });
  return { lastLine: run.stdout.trimEnd().split("\n").at(-1) ?? "", passed: run.status === 0 };
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "limbeck-summary-"));
  symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("the summary line", () => {
  it("is the last line of a run that passes", () => {
    const run = runTests({ "a.test.ts": 'it("a", () => {}); it("b", () => {});' });
    expect(run).toEqual({ lastLine: "2 passed, 0 failed", passed: true });
  });

  it("counts failed tests, and skipped ones apart", () => {
    const run = runTests({
      "a.test.ts":
        'it("a", () => {}); it("b", () => { throw new Error("no"); }); it.skip("c", () => {}); it.todo("d");',
    });
    expect(run).toEqual({ lastLine: "1 passed, 1 failed, 2 skipped", passed: false });
  });

  it("counts what fails outside a test: a file that can't be loaded, a file without tests, a hook", () => {
    const run = runTests({
      "import.test.ts": 'import "./missing.ts"; it("never runs", () => {});',
      "empty.test.ts": "export {};",
      "hook.test.ts": 'describe("s", () => { afterAll(() => { throw new Error("no"); }); it("a", () => {}); });',
    });
    expect(run).toEqual({ lastLine: "1 passed, 3 failed", passed: false });
  });

  it("counts an error nobody awaited", () => {
    const run = runTests({ "a.test.ts": 'it("a", () => { void Promise.reject(new Error("no")); });' });
    expect(run).toEqual({ lastLine: "1 passed, 1 failed", passed: false });
  });

  it("is there when no test was found, and that is a failure", () => {
    expect(runTests({})).toEqual({ lastLine: "0 passed, 0 failed", passed: false });
  });
});
