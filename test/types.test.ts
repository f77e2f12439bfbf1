import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("..", import.meta.url));

function checkTypes(project: string): { readonly files: number; readonly output: string } {
  const run = spawnSync("tsc", ["-p", project, "--pretty", "false", "--listFiles"], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, PATH: `${repository}node_modules/.bin:${process.env["PATH"] ?? ""}` },
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = run.stdout.split("\n").filter(Boolean);
  const isOwnFile = (line: string): boolean => line.startsWith(repository) && !line.includes("/node_modules/");
  return {
    files: lines.filter(isOwnFile).length,
    output: lines.filter((line) => !line.startsWith("/")).join("\n") + run.stderr,
  };
}

// The type tests (`*.test-d.ts`) are plain files: what must hold is an assertion, what must not is `@ts-expect-error`.
describe("types", () => {
  it("hold in the published source, whose every export states its type", () => {
    const { files, output } = checkTypes("packages/limbeck");
    expect(output).toBe("");
    expect(files).toBeGreaterThan(20);
  });

  it("hold in tests, type tests, tools and the workshop", () => {
    const { files, output } = checkTypes(".");
    expect(output).toBe("");
    expect(files).toBeGreaterThan(20);
  });
});
