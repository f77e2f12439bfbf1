import { describe, expect, it } from "vitest";
import { findCasesFile, readCases } from "../tools/cases/read-cases.ts";
import { runCase } from "../tools/cases/run-case.ts";

describe.each(["sqlite"])("the public pairs of schemas for %s", (engine) => {
  const path = findCasesFile(engine);
  const cases = readCases(path) ?? [];

  it("are all there", (context) => {
    if (cases.length === 0 && process.env["CI"] === undefined) context.skip(`${path} is missing: set LIMBECK_SHARED`);
    expect(cases.length).toBeGreaterThanOrEqual(37);
  });

  it.each(cases.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    const { problems, operations } = await runCase(engine, one);
    expect(problems).toEqual([]);
    expect(operations.length).toBeGreaterThan(0);
  });
});
