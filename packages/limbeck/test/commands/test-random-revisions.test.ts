import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import type { TestResult } from "../../src/commands/test-revisions.ts";
import type { TrialProblem } from "../../src/commands/trial/trial-result.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { renderRevision } from "../../src/scripts/template.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { createTestProject } from "../cli/test-project.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

function render(revision: string, downRevision: readonly string[], from: Schema, to: Schema): string {
  const upgrade = diffSchema(from, to, sqlite.diffRules);
  return renderRevision({
    revision,
    downRevision,
    branchLabels: [],
    dependsOn: [],
    replaces: [],
    message: revision,
    createDate: "",
    notes: [],
    upgrade,
    downgrade: upgrade.toReversed().map(reverseOperation),
  });
}

/** What stops a change of tables with rows in them, and is right to do so. */
const STOPS_AT_ROWS = /LB0702|LB0704|constraint failed|cannot store \w+ value/;

/**
 * Whether rows are to blame for a problem. An upgrade is tried without rows before it counts as failing, so it never is; a downgrade is when the rows are those
 * that the first upgrade let through.
 */
const isDueToRows = ({ stage, error }: TrialProblem): boolean =>
  stage !== "upgrade" && STOPS_AT_ROWS.test(`${error?.code} ${error?.why}`);

const RUNS = process.env["LIMBECK_LONG"] === "1" ? 600 : 60;

describe("limbeck test on revisions that were generated from random schemas", () => {
  it(
    "never finds one that leads elsewhere, or fails for anything but rows",
    async () => {
      const seen = { losses: 0, refusals: 0 };
      await assert(
        asyncProperty(arbitrarySchemaPair(SQLITE_TRAITS), async ([before, after]) => {
          const project = createTestProject();
          project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
          project.write("migrations/versions/a1.ts", render("a1", [], EMPTY_SCHEMA, before));
          project.write("migrations/versions/b2.ts", render("b2", ["a1"], before, after));
          const { data } = await project.limbeckJson("test");
          project.dispose();
          // The shape is checked by what is looked at below.
          const { revisions, secondUpgrade } = data as TestResult;
          const problems = revisions.flatMap((revision) => revision.problems);
          expect(problems.filter((problem) => !isDueToRows(problem))).toEqual([]);
          const stops = revisions.flatMap((revision) => revision.refusals);
          expect(stops.filter(({ error }) => !STOPS_AT_ROWS.test(`${error.code} ${error.why}`))).toEqual([]);
          expect(revisions.map(({ verdict }) => verdict)).not.toContain("irreversible");
          expect(secondUpgrade.verdict).toMatch(/^(nothingToDo|notReached)$/);
          seen.losses += revisions.filter(({ losses }) => losses.length > 0).length;
          seen.refusals += revisions.flatMap(({ refusals }) => refusals).length;
        }),
        // To shrink a failing case takes longer than the test may, and would pass a failure off as slowness.
        { numRuns: RUNS, endOnFailure: true },
      );
      // Otherwise the rows were too few to tell anything.
      expect(seen.losses).toBeGreaterThan(10);
      expect(seen.refusals).toBeGreaterThan(3);
    },
    RUNS * 4_000,
  );
});
