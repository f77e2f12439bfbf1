import { describe, expect, it } from "vitest";
import type { TestedRevision } from "../../commands/trial/trial-result.ts";
import type { TestResult } from "../../commands/test-revisions.ts";
import { chooseStyle, type Style } from "../style.ts";
import { renderTest, tellTest } from "./test.ts";

const style = (ascii = false): Style =>
  chooseStyle({ write: () => undefined, isTTY: false, columns: undefined }, { env: {}, noColor: true, ascii });

const tested = (revision: string, found: Partial<TestedRevision>): TestedRevision => ({
  revision,
  message: `message of ${revision}`,
  path: `/v/${revision}.ts`,
  verdict: "reversible",
  problems: [],
  losses: [],
  untried: [],
  refusals: [],
  notes: [],
  milliseconds: 1,
  ...found,
});

const result = (found: Partial<TestResult>): TestResult => ({
  seed: 1,
  usedRealData: false,
  revisions: [],
  counts: { broken: 0, notReached: 0, irreversible: 0, losesData: 0, untried: 0, reversible: 0 },
  secondUpgrade: { verdict: "nothingToDo", differences: [] },
  isBroken: false,
  ...found,
});

const error = {
  code: "LB0702",
  reason: "guardFired",
  title: "It stopped.",
  why: "Found: rows 2\nRolled back.",
  fix: [],
};

describe("the result of a test", () => {
  it("has a line for each revision, and below it what there is to say", () => {
    const loss = { table: "todos", rows: 2, of: 5, data: "generated" } as const;
    const revisions = [
      tested("a1", { message: `a ${"long ".repeat(20)}message` }),
      tested("b2b2", {
        verdict: "losesData",
        losses: [
          { ...loss, column: "due", kind: "changed", direction: "downgrade" },
          { ...loss, column: null, kind: "lost", direction: "upgrade", data: "real" },
          { ...loss, column: null, kind: "renumbered", direction: "upgrade" },
          { ...loss, column: null, kind: "counter", direction: "downgrade" },
        ],
        notes: ["no row could be made for never: because"],
      }),
      tested("c3", {
        verdict: "broken",
        problems: [
          { stage: "second upgrade", data: "real", error, differences: [] },
          { stage: "downgrade", data: "generated", differences: ["drop view v", "add column a to t"] },
        ],
      }),
      tested("d4", { verdict: "notReached" }),
      tested("e5", { verdict: "irreversible", refusals: [{ direction: "upgrade", error }] }),
    ];
    expect(renderTest(result({ revisions }), style())).toBe(
      [
        "a1    reversible    a long long long long long long long long long long long lo…",
        "b2b2  loses data    message of b2b2",
        "  ⚠ lost by the downgrade: 2 of 5 values of todos.due",
        "  ⚠ lost by the upgrade: 2 of 5 real rows of todos",
        "  ⚠ the upgrade gives 2 of 5 rows of todos another rowid",
        "  ⚠ the downgrade sets back the counter of todos: it gives the same numbers",
        "    again",
        "  · no row could be made for never: because",
        "c3    broken        message of c3",
        "  ✖ second upgrade with the real rows: LB0702 It stopped.",
        "    Found: rows 2",
        "  ✖ the downgrade does not give back the schema from before the upgrade:",
        "      drop view v",
        "      add column a to t",
        "d4    not reached   message of d4",
        "e5    irreversible  message of e5",
        "  · the upgrade stops at some rows: It stopped.",
      ].join("\n"),
    );
  });

  it("is summed up, with what is useful next", () => {
    const counts = { reversible: 1, losesData: 2, untried: 0, irreversible: 0, broken: 0, notReached: 0 };
    const revisions = [tested("a1", {}), tested("b2", {}), tested("c3", {})];
    expect(tellTest(result({ revisions, counts }), style())).toBe(
      [
        "✔ 3 revisions tried with generated rows (seed 1): 1 reversible, 2 lose data.",
        "✔ All of them in one run give the same schema; a second upgrade finds nothing to",
        "  do.",
        "Next: limbeck status",
      ].join("\n"),
    );
  });

  it("points at the first revision that is broken", () => {
    const counts = { reversible: 0, losesData: 1, untried: 0, irreversible: 0, broken: 1, notReached: 0 };
    const revisions = [tested("a1", { verdict: "losesData" }), tested("b2", { verdict: "broken" })];
    const secondUpgrade = { verdict: "notReached", differences: [] } as const;
    const story = tellTest(
      result({ revisions, counts, secondUpgrade, usedRealData: true, isBroken: true }),
      style(true),
    );
    expect(story).toBe(
      [
        "x 2 revisions tried with generated rows (seed 1) and with the real ones: 1 loses",
        "  data, 1 broken.",
        "Next: limbeck show b2",
      ].join("\n"),
    );
  });

  it("says what a second upgrade does that it should not", () => {
    const revisions = [tested("a1", {})];
    const changes = { verdict: "changes", differences: ["the second upgrade runs a1"] } as const;
    expect(tellTest(result({ revisions, secondUpgrade: changes, isBroken: true }), style())).toContain(
      "✖ Upgrading a second time is not without effect:\n    the second upgrade runs a1\n",
    );
    const elsewhere = { verdict: "leadsElsewhere", differences: ["drop index ix from t"] } as const;
    expect(tellTest(result({ revisions, secondUpgrade: elsewhere, isBroken: true }), style())).toContain(
      "✖ All revisions in one run lead elsewhere than one by one:\n    drop index ix from t\n",
    );
    const fails = { verdict: "fails", differences: [], error } as const;
    expect(tellTest(result({ revisions, secondUpgrade: fails, isBroken: true }), style())).toContain(
      "✖ Upgrading an empty database in one run fails: LB0702 It stopped.\n",
    );
  });
});
