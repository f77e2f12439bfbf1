import { describe, expect, it } from "vitest";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { readSqlHeader } from "./sql-header.ts";

const read = (...lines: readonly string[]): unknown => readSqlHeader(lines.join("\n"), "/v/a.sql");

function failure(...lines: readonly string[]): LimbeckError {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

const HEADER = ["-- revision: b2", "-- down_revision: a1"] as const;

describe("readSqlHeader", () => {
  it("reads the words of Alembic's files, and the first paragraph as the message", () => {
    expect(
      read(
        "-- add deleted_at",
        "-- to todos",
        "--",
        "-- Created 2026-11-22 10:15:00 UTC",
        "--",
        "-- revision: 3f1c9a2b7d10",
        "-- down_revision: 9d2e11aa0c54, 1a2b",
        "-- branch_labels: billing,crm",
        "-- depends_on: abc",
        "-- replaces: x1, x2",
        "",
        "-- limbeck: upgrade",
        "SELECT 1;",
      ),
    ).toEqual({
      header: {
        revision: "3f1c9a2b7d10",
        downRevision: ["9d2e11aa0c54", "1a2b"],
        branchLabels: ["billing", "crm"],
        dependsOn: ["abc"],
        replaces: ["x1", "x2"],
      },
      comment: {
        message: "add deleted_at to todos",
        text: "add deleted_at\nto todos\n\nCreated 2026-11-22 10:15:00 UTC",
      },
    });
  });

  it("takes any order, capitals, tabs, missing blanks, carriage returns and a byte order mark", () => {
    expect(
      read("\uFEFF--REVISION:a1\r", "--\tDown_Revision :\tNone\r", "--- initial\r", "-- Limbeck: Upgrade\r"),
    ).toEqual({
      header: { revision: "a1", downRevision: [], branchLabels: [], dependsOn: [], replaces: [] },
      comment: { message: "initial", text: "initial" },
    });
  });

  it("takes a block comment for the message", () => {
    expect(read("/*", " * initial", " *", " * more: words", " */", "/* end */", ...HEADER)).toMatchObject({
      comment: { message: "initial", text: "initial\n\nmore: words\n\nend" },
    });
  });

  it("has no message where there are no words", () => {
    expect(read(...HEADER, "-- limbeck: upgrade", "-- not the message")).toMatchObject({ comment: undefined });
  });

  it("says which part is missing", () => {
    expect(failure("-- down_revision: none")).toMatchObject({ code: "LB0203", context: { name: "revision" } });
    const { code, fix } = failure("-- revision: a1", "-- limbeck: upgrade", "-- down_revision: none");
    expect({ code, fix }).toEqual({
      code: "LB0203",
      fix: ["add `-- down_revision: none` (a first revision) or the id of the one it builds on to /v/a.sql"],
    });
  });

  it.each([
    ["-- revision:", "one id"],
    ["-- revision: a, b", "one id"],
    ["-- revision: add a table", "one id"],
    ['-- revision: "a1"', "one id"],
    ["-- down_revision: null", "an id, several with commas between them, or none"],
    ["-- down_revision:", "an id, several with commas between them, or none"],
    ["-- down_revision: a1,", "an id, several with commas between them, or none"],
    ["-- depends_on: a b", "ids or labels with commas between them"],
    ["-- downRevision: a1", "the word down_revision"],
    ["-- depends-on: a1", "the word depends_on"],
    ["-- branch_label: a1", "the word branch_labels"],
  ])("refuses %j and names the line", (line, expected) => {
    expect(failure("-- message", line)).toMatchObject({
      code: "LB0217",
      context: { expected, location: { path: "/v/a.sql", line: 2, text: line } },
    });
  });

  it("refuses a part that is there twice", () => {
    expect(failure(...HEADER, "-- revision: b3")).toMatchObject({ code: "LB0217", context: { location: { line: 3 } } });
  });

  it("refuses SQL before the first section, which nobody would run", () => {
    expect(failure(...HEADER, "CREATE TABLE t (a);", "-- limbeck: upgrade")).toMatchObject({
      code: "LB0218",
      context: { location: { line: 3, text: "CREATE TABLE t (a);" } },
    });
    expect(failure(...HEADER, "/* a", "b */ DROP TABLE t;")).toMatchObject({ code: "LB0218" });
  });
});
