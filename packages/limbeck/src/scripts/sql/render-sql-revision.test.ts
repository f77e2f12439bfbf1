import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderSqlRevision, type SqlRevisionContent } from "./render-sql-revision.ts";
import { readSqlHeader } from "./sql-header.ts";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { readSqlSections } from "./sql-sections.ts";

const content: SqlRevisionContent = {
  revision: "b2",
  downRevision: ["a1"],
  branchLabels: [],
  dependsOn: [],
  replaces: [],
  message: "add due to todos",
  createDate: "2026-11-22 10:15:00 UTC",
  notes: [],
  upgrade: "",
  downgrade: "",
};

describe("renderSqlRevision", () => {
  it("leaves both sections to be written", () => {
    expect(renderSqlRevision(content)).toBe(
      [
        "-- add due to todos",
        "--",
        "-- Created 2026-11-22 10:15:00 UTC",
        "--",
        "-- revision: b2",
        "-- down_revision: a1",
        "",
        "-- limbeck: upgrade",
        "-- Nothing yet: write the statements of the change here.",
        "",
        "-- limbeck: downgrade",
        "-- Nothing yet: write the statements of the way back here.",
        "",
      ].join("\n"),
    );
  });

  it("writes statements, notes and the rest of the header", () => {
    const text = renderSqlRevision({
      ...content,
      downRevision: ["a1", "a2"],
      branchLabels: ["billing"],
      dependsOn: ["c3"],
      replaces: ["x", "y"],
      notes: ["The downgrade destroys a.", "And b."],
      upgrade: "CREATE TABLE t (a);\nSELECT 1;\n",
      downgrade: "DROP TABLE t;\n",
    });
    expect(text).toContain(
      "UTC\n--\n-- The downgrade destroys a.\n-- And b.\n--\n-- revision: b2\n-- down_revision: a1, a2\n",
    );
    expect(text).toContain(
      "-- branch_labels: billing\n-- depends_on: c3\n-- replaces: x, y\n\n-- limbeck: upgrade\nCREATE TABLE t (a);\n",
    );
    expect(text).toMatch(/SELECT 1;\n\n-- limbeck: downgrade\nDROP TABLE t;\n$/);
  });

  it("says none for a first revision", () => {
    expect(renderSqlRevision({ ...content, downRevision: [] })).toContain("-- down_revision: none\n");
  });

  it("is read back as it was meant, whatever the message says", () => {
    const tricky = fc.constantFrom(
      "revision: x",
      "down_revision: none",
      "limbeck: upgrade",
      "*/",
      "/*",
      "--",
      "'",
      "\r\n",
      "\n\n",
    );
    const messages = fc.array(fc.oneof(tricky, fc.string()), { maxLength: 5 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(messages, messages, (message, note) => {
        const text = renderSqlRevision({ ...content, message, notes: [note], upgrade: "SELECT 1;" });
        const { revision, downRevision, branchLabels, dependsOn, replaces } = content;
        expect(readSqlHeader(text, "a.sql").header).toEqual({
          revision,
          downRevision,
          branchLabels,
          dependsOn,
          replaces,
        });
        const { upgrade = "" } = readSqlSections(text, "a.sql", sqlite.splitScript);
        expect(upgrade.trim()).toBe("SELECT 1;");
      }),
    );
  });

  it("keeps the message on one line", () => {
    const { comment } = readSqlHeader(renderSqlRevision({ ...content, message: "add due\nto todos" }), "a.sql");
    expect(comment?.message).toBe("add due to todos");
  });
});
