import { describe, expect, it } from "vitest";
import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { StatusResult } from "../../commands/status.ts";
import { chooseStyle, type Style } from "../style.ts";
import { renderStatus } from "./status.ts";

const style = (ascii = false, isTTY = false): Style =>
  chooseStyle({ write: () => undefined, isTTY, columns: 80 }, { env: {}, noColor: false, ascii });

const summary = (revision: string, message: string, isHead = false): RevisionSummary => ({
  revision,
  message,
  isHead,
  downRevision: [],
  branchLabels: [],
  dependsOn: [],
  path: `/app/${revision}.ts`,
  children: [],
  dependents: [],
  ownLabels: [],
  replaces: [],
  isBase: false,
  isEffectiveHead: false,
  isBranchPoint: false,
  isMergePoint: false,
});

const FIRST = summary("2026_02_21_001", "initial");
const SECOND = summary("2026_02_21_002", "add updated_at");
const THIRD = summary("2026_02_21_003", "add deleted_at", true);

const status = (result: Partial<StatusResult>): StatusResult => ({
  database: "db:///todo.db",
  revisions: [THIRD],
  rows: [],
  unknown: [],
  surplus: [],
  isAtHead: true,
  heads: [THIRD],
  pending: [],
  unmanaged: [],
  missing: [],
  spellings: [],
  ...result,
});

describe("renderStatus", () => {
  it("ends with the command that brings a database up to date", () => {
    const result = status({
      revisions: [FIRST],
      isAtHead: false,
      pending: [SECOND, THIRD],
      next: "limbeck upgrade head",
    });
    expect(renderStatus(result, "config", style())).toBe(
      [
        "Database   db:///todo.db",
        "Stands at  2026_02_21_001  initial",
        "Pending    2 revisions",
        "           ↑ 2026_02_21_002  add updated_at",
        "           ↑ 2026_02_21_003  add deleted_at",
        "Models     not compared while the database is behind",
        "",
        "Next: limbeck upgrade head",
      ].join("\n"),
    );
  });

  it("lists how the models differ and what was left alone", () => {
    const result = status({
      changes: [
        { kind: "addColumn", sign: "+", text: "add column due_at to todos" },
        { kind: "dropColumn", sign: "-", text: "drop column notes from todos", dataLoss: "the values of todos.notes" },
      ],
      unmanaged: [{ kind: "virtual table", name: "search", reason: "the models have no word for it" }],
      next: 'limbeck revision -m "..." --autogenerate',
    });
    expect(renderStatus(result, "config", style())).toBe(
      [
        "Database   db:///todo.db",
        "Stands at  2026_02_21_003  add deleted_at",
        "Pending    none",
        "Models     2 differences",
        "  + add column due_at to todos",
        "  - drop column notes from todos",
        "    ⚠ data loss: the values of todos.notes",
        "Left alone, because the models do not say it:",
        "  virtual table search: the models have no word for it",
        "",
        'Next: limbeck revision -m "..." --autogenerate',
      ].join("\n"),
    );
  });

  it("ends with the beginning of the next change when there is nothing to do", () => {
    expect(renderStatus(status({ changes: [] }), "config", style())).toBe(
      [
        "Database   db:///todo.db",
        "Stands at  2026_02_21_003  add deleted_at",
        "Pending    none",
        "Models     agree with the database",
        "",
        'Nothing to do. For the next change: limbeck revision -m "..." --autogenerate',
      ].join("\n"),
    );
    expect(renderStatus(status({}), "config", style())).toMatch(
      /Models {5}none in the config\n\nNothing to do. .*-m "\.\.\."$/,
    );
  });

  it("shows an empty project, several heads and a revision without a file", () => {
    const empty = status({ revisions: [], heads: [], isAtHead: true });
    expect(renderStatus(empty, "config", style())).toContain(
      "Stands at  base (nothing is applied)\nPending    there is no revision yet\n",
    );
    const strange = status({
      revisions: [],
      unknown: ["9999"],
      isAtHead: false,
      heads: [SECOND, THIRD],
      next: "limbeck explain LB1002",
    });
    expect(renderStatus(strange, "config", style())).toBe(
      [
        "Database   db:///todo.db",
        "Stands at  9999  (no such revision file)",
        "Heads      2026_02_21_002  add updated_at",
        "           2026_02_21_003  add deleted_at",
        "Pending    unknown",
        "Models     not compared",
        "",
        "Next: limbeck explain LB1002",
      ].join("\n"),
    );
  });

  it("lists ten pending revisions and counts the others", () => {
    const pending = Array.from({ length: 13 }, (_, index) => summary(`r${index}`, "m"));
    const text = renderStatus(
      status({ revisions: [], isAtHead: false, pending, next: "limbeck upgrade head" }),
      "config",
      style(true),
    );
    expect(text).toContain("Pending    13 revisions\n           up r0  m\n");
    expect(text).toContain("           up r9  m\n           ... and 3 more\n");
  });

  it("says so when the database is not the one in the config", () => {
    expect(renderStatus(status({}), "DATABASE_URL", style())).toMatch(
      /^Database {3}db:\/\/\/todo.db \(from DATABASE_URL\)\n/,
    );
  });

  it("colours what waits and what is well", () => {
    expect(renderStatus(status({ changes: [] }), "config", style(false, true))).toContain(
      "Pending    \u001B[32mnone\u001B[39m",
    );
    const behind = status({ isAtHead: false, pending: [THIRD], next: "limbeck upgrade head" });
    expect(renderStatus(behind, "config", style(false, true))).toContain("Pending    \u001B[35m1 revision\u001B[39m");
  });
});
