import { describe, expect, it } from "vitest";
import { readResults, type CaseResult } from "../tools/conformance/read-results.ts";
import { renderReport } from "../tools/conformance/render-report.ts";

const ENGINES = [{ label: "node:sqlite", dialect: { name: "sqlite" } }] as const;

const result = (title: string, status: string): object => ({
  ancestorTitles: ["every operation on node:sqlite"],
  title,
  status,
});

const read = (...results: readonly object[]): readonly CaseResult[] =>
  readResults(JSON.stringify({ testResults: [{ assertionResults: results }] }));

const line = (results: readonly CaseResult[], kind: string): string =>
  renderReport(results, ENGINES)
    .text.split("\n")
    .find((text) => text.startsWith(`${kind} `))
    ?.slice(kind.length)
    .trim() ?? "";

describe("the report of the conformance suite", () => {
  it("counts cases by kind and engine, and what an engine is declared to be without", () => {
    const results = read(
      result("createTrigger has a case", "passed"),
      result("createTrigger: of SQLite", "passed"),
      result("bulkInsert: many rows, some with fewer columns", "failed"),
      result("execute: that says what it does", "pending"),
    );
    expect(line(results, "createTrigger")).toMatch(/^1\/1 \(-\d\)$/);
    expect(line(results, "bulkInsert")).toBe("1 FAILED of 1");
    expect(line(results, "execute")).toBe("not run");
  });

  it("misses a kind that has no case and no reason, and takes a reason that was checked", () => {
    expect(line(read(result("renameTable has a case", "failed")), "renameTable")).toBe("MISSING");
    expect(line(read(result("renameTable has a case, or is refused with a reason", "passed")), "renameTable")).toBe(
      "unsupported",
    );
    expect(renderReport([], ENGINES).missing).toBeGreaterThan(10);
  });

  it("lists the reasons", () => {
    expect(renderReport([], ENGINES).text).toContain("  sqlite: createTrigger: of PostgreSQL: triggers are written in");
  });
});
