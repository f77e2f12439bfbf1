import { describe, expect, it } from "vitest";
import { RevisionGraph } from "../../graph/revision-graph.ts";
import type { RevisionSummary } from "../../commands/revision-summary.ts";
import { chooseStyle } from "../style.ts";
import { renderCurrent, tellCurrent } from "./current.ts";
import { renderHeads } from "./heads.ts";
import { renderHistory } from "./history.ts";
import { renderShow } from "./show.ts";

const mono = chooseStyle(
  { write: () => undefined, isTTY: false, columns: undefined },
  { env: {}, noColor: true, ascii: false },
);

const graph = RevisionGraph.from([
  { revision: "aaaa", downRevision: null },
  { revision: "bbbb", downRevision: "aaaa", branchLabels: ["left"] },
  { revision: "cccc", downRevision: "aaaa", dependsOn: ["bbbb"] },
  { revision: "dddd", downRevision: ["bbbb", "cccc"] },
  { revision: "eeee", downRevision: null },
  { revision: "ffff", downRevision: "cccc", dependsOn: ["eeee"] },
]);

const summary = (revision: string, message: string): RevisionSummary => ({
  ...graph.get(revision),
  message,
  path: `/app/migrations/versions/${revision}.ts`,
});

const BASE = summary("aaaa", "initial");
const LEFT = summary("bbbb", "go left");
const RIGHT = summary("cccc", "go right");
const MERGE = summary("dddd", "merge");
const OTHER = summary("eeee", "elsewhere");

describe("the short forms are Alembic's", () => {
  it("of history", () => {
    const view = { form: "list", verbose: false, indicateCurrent: true } as const;
    expect(renderHistory({ revisions: [MERGE, RIGHT, LEFT, BASE], current: ["cccc"] }, view, mono)).toBe(
      [
        "bbbb, cccc -> dddd (left) (head) (mergepoint), merge",
        "aaaa (bbbb) -> cccc (current) (branchpoint), go right",
        "aaaa -> bbbb (left), go left",
        "<base> -> aaaa (branchpoint), initial",
      ].join("\n"),
    );
  });

  it("of history, which marks the current revision only when asked to", () => {
    const view = { form: "list", verbose: false, indicateCurrent: false } as const;
    expect(renderHistory({ revisions: [LEFT], current: ["bbbb"] }, view, mono)).toBe("aaaa -> bbbb (left), go left");
  });

  it("of heads", () => {
    expect(renderHeads({ revisions: [MERGE, OTHER] }, false, mono)).toBe("dddd (left) (head)\neeee (effective head)");
  });

  it("of current", () => {
    const result = {
      database: "db:///x",
      revisions: [MERGE, BASE],
      rows: [],
      unknown: [],
      surplus: [],
      isAtHead: true,
    };
    expect(renderCurrent(result, false, mono)).toBe("dddd (left) (head) (mergepoint)\naaaa (branchpoint)");
    expect(tellCurrent(result, mono)).toBe("");
  });
});

describe("the long forms are Alembic's", () => {
  it("of history", () => {
    const view = { form: "list", verbose: true, indicateCurrent: true } as const;
    expect(renderHistory({ revisions: [MERGE, RIGHT, LEFT], current: ["bbbb"] }, view, mono)).toBe(
      [
        "Rev: dddd (head) (mergepoint)",
        "Merges: bbbb, cccc",
        "Branch names: left",
        "Path: /app/migrations/versions/dddd.ts",
        "",
        "    merge",
        "",
        "Rev: cccc (branchpoint)",
        "Parent: aaaa",
        "Also depends on: bbbb",
        "Branches into: dddd, ffff",
        "Path: /app/migrations/versions/cccc.ts",
        "",
        "    go right",
        "",
        "Rev: bbbb (current)",
        "Parent: aaaa",
        "Branch names: left",
        "Path: /app/migrations/versions/bbbb.ts",
        "",
        "    go left",
      ].join("\n"),
    );
  });

  it("of current, which names the database", () => {
    const result = {
      database: "db:///x",
      revisions: [OTHER],
      rows: ["9999"],
      unknown: ["9999"],
      surplus: [],
      isAtHead: false,
    };
    expect(renderCurrent(result, true, mono)).toBe(
      [
        "Current revision(s) for db:///x:",
        "",
        "Rev: eeee (effective head)",
        "Parent: <base>",
        "Path: /app/migrations/versions/eeee.ts",
        "",
        "    elsewhere",
        "",
        "Rev: 9999 (no such revision file)",
      ].join("\n"),
    );
  });

  it("of show, with the file behind it", () => {
    expect(renderShow({ revisions: [{ ...BASE, source: "export const x = 1;\n" }] }, mono)).toMatch(
      /^Rev: aaaa \(branchpoint\)\n[^]*\n {4}initial\n\nexport const x = 1;$/,
    );
  });
});

describe("current at base", () => {
  it("prints nothing and tells so", () => {
    const result = { database: "db:///x", revisions: [], rows: [], unknown: [], surplus: [], isAtHead: false };
    expect(renderCurrent(result, false, mono)).toBe("");
    expect(tellCurrent(result, mono)).toBe("Nothing is applied: db:///x stands at base.");
  });
});
