import { describe, expect, it } from "vitest";
import type { RowSnapshot } from "./read-rows.ts";
import { compareRows } from "./compare-rows.ts";
import { compareSteadyRows, describeUnsteady, type SteadyComparison } from "./steady-rows.ts";

type Rows = readonly (readonly string[])[];

/** A table `t` with a key and two more columns. */
function snapshot(rows: Rows): RowSnapshot {
  const placed = rows.map((values, place) => ({ place, number: null, values }));
  const kept = { count: rows.length, parts: 1, split: undefined, readPart: () => placed, release: () => undefined };
  return new Map([["t", { columns: ["id", "a", "b"], key: ["id"], rows: kept }]]);
}

function compare(expected: Rows, again: Rows, found: Rows): SteadyComparison {
  const runs = { expected: snapshot(expected), again: snapshot(again), found: snapshot(found) };
  return compareSteadyRows(compareRows(runs.expected, runs.found), runs);
}

const STEADY: Rows = [
  ["1", "x", "p"],
  ["2", "y", "q"],
];
const withKeys = (rows: Rows, ...keys: readonly string[]): Rows =>
  rows.map(([, a = "", b = ""], index) => [keys[index] ?? "", a, b]);

describe("compareSteadyRows", () => {
  it("compares as usual where two runs of the same come to the same", () => {
    const found = [STEADY[0] ?? [], ["2", "y", "z"]];
    expect(compare(STEADY, STEADY, found)).toEqual({
      rows: [{ table: "t", column: "b", kind: "changed", rows: 1, of: 2 }],
      unsteady: [],
    });
  });

  it("leaves out a column that is another one at every run", () => {
    const random = (value: string): Rows => STEADY.map(([id = "", a = ""]) => [id, a, value]);
    expect(compare(random("1"), random("2"), random("3"))).toEqual({
      rows: [],
      unsteady: [{ table: "t", columns: ["b"] }],
    });
  });

  it("compares the other columns where the key is another one at every run, in whatever order the rows come", () => {
    const again = withKeys(STEADY, "3", "4");
    const same = withKeys(STEADY, "6", "5").toReversed();
    const comparison = compare(STEADY, again, same);
    expect(comparison).toEqual({ rows: [], unsteady: [{ table: "t", columns: [null, "id"] }] });
    expect(describeUnsteady(comparison)).toEqual([
      "values of t.id are other ones at every run, so they were not compared; the other columns of t were, without knowing which row is which",
    ]);
    expect(
      compare(STEADY, again, [
        ["7", "x", "p"],
        ["8", "y", "changed"],
      ]).rows,
    ).toEqual([{ table: "t", column: "b", kind: "changed", rows: 1, of: 2 }]);
  });

  it("finds values that have changed places", () => {
    const swapped = [
      ["7", "x", "q"],
      ["8", "y", "p"],
    ];
    expect(compare(STEADY, withKeys(STEADY, "3", "4"), swapped).rows).toEqual([
      { table: "t", column: null, kind: "lost", rows: 2, of: 2 },
    ]);
  });

  it("finds rows that are missing or too many", () => {
    const again = withKeys(STEADY, "3", "4");
    expect(compare(STEADY, again, [["7", "x", "p"]]).rows).toMatchObject([{ column: "a" }, { column: "b" }]);
    expect(compare(STEADY, again, [...again, ["9", "z", "z"]]).rows).toMatchObject([{ column: "a" }, { column: "b" }]);
  });

  it("knows nothing of a table that has another number of rows at every run", () => {
    const comparison = compare(STEADY, [["3", "x", "p"]], [["4", "k", "l"]]);
    expect(comparison).toEqual({ rows: [], unsteady: [{ table: "t", columns: [null, "id", "a", "b"] }] });
  });
});
