import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import type { SquashResult } from "../../src/commands/squash.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { applyOperations } from "../../src/ops/apply/apply-operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { renderRevision } from "../../src/scripts/template.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { createTestProject } from "../cli/test-project.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

/** Revisions that lead from one schema to the next, on top of each other. */
function renderAll(ids: readonly string[], goals: readonly Schema[]): ReadonlyMap<string, string> {
  let schema = EMPTY_SCHEMA;
  return new Map(
    ids.map((revision, index) => {
      const upgrade = diffSchema(schema, goals[index] ?? EMPTY_SCHEMA, sqlite.diffRules);
      schema = applyOperations(upgrade, schema);
      const header = {
        revision,
        downRevision: ids.slice(0, index).slice(-1),
        branchLabels: [],
        dependsOn: [],
        replaces: [],
      };
      const rest = {
        message: revision,
        createDate: "",
        notes: [],
        downgrade: upgrade.toReversed().map(reverseOperation),
      };
      return [revision, renderRevision({ ...header, ...rest, upgrade })];
    }),
  );
}

const RUNS = process.env["LIMBECK_LONG"] === "1" ? 300 : 30;

describe("limbeck squash on revisions that were generated from random schemas", () => {
  it(
    "always comes to the same as they do, from the beginning or on tables with rows in them",
    async () => {
      const seen = { shorter: 0, literal: 0, withRows: 0 };
      await assert(
        asyncProperty(arbitrarySchemaPair(SQLITE_TRAITS), async ([first, second]) => {
          const project = createTestProject();
          project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
          for (const [id, text] of renderAll(["a1", "b2", "c3", "d4"], [first, second, first, second]))
            project.write(`migrations/versions/${id}.ts`, text);
          for (const range of ["base..c3", "b2..d4"]) {
            const run = await project.limbeckJson(`squash ${range} --rev-id s1`);
            expect(run["error"]).toBeUndefined();
            // The shape is checked by what is looked at below.
            const { path, operations, notes } = run["data"] as SquashResult;
            if (operations.after < operations.before) seen.shorter += 1;
            if (notes.some((note) => note.includes("every operation is kept"))) seen.literal += 1;
            const isEmpty = range.startsWith("base") || notes.some((note) => note.includes("tried without rows"));
            if (!isEmpty) seen.withRows += 1;
            project.remove(path.slice(project.folder.length));
          }
          project.dispose();
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(seen.literal).toBeLessThan(RUNS / 6);
      // Otherwise hardly anything was shortened, or known of rows.
      expect(seen.shorter).toBeGreaterThan(10);
      expect(seen.withRows).toBeGreaterThan(5);
    },
    RUNS * 8_000,
  );
});
