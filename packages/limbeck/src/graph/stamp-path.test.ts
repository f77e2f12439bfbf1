import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import { sketchGraph } from "./sketch-graph.ts";

const graph = sketchGraph(
  "a",
  "b < a",
  "c1 < b #c1branch",
  "d1 < c1",
  "c2 < b #c2branch",
  "d2 < c2",
  "e < d1 d2",
  "f < e",
  "x #xbranch",
  "y < x ~ c1",
);

const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);

function stamp(targets: string | readonly string[], current: string, purge = false): readonly unknown[] | string {
  try {
    return graph.planStamp(words(current), targets, { purge }).versionRows;
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
}

describe("a stamp moves the rows on the line of its target", () => {
  it.each<[target: string, current: string, actions: readonly (readonly string[])[]]>([
    ["a", "", [["insert", "a"]]],
    ["e", "e", []],
    ["b", "e", [["update", "e", "b"]]],
    ["e", "b", [["update", "b", "e"]]],
    [
      "b",
      "d1 c2",
      [
        ["delete", "d1"],
        ["update", "c2", "b"],
      ],
    ],
    [
      "e",
      "d1 c2",
      [
        ["delete", "d1"],
        ["update", "c2", "e"],
      ],
    ],
    ["c2branch@head", "c2", [["update", "c2", "f"]]],
    [
      "c2branch@head",
      "d1 c2",
      [
        ["delete", "d1"],
        ["update", "c2", "f"],
      ],
    ],
    ["c2", "d1", [["insert", "c2"]]],
    // Rows that somebody has added by hand, and that the target includes.
    ["e", "e a", [["delete", "a"]]],
    ["b", "e b", [["delete", "e"]]],
    ["y", "y c1 d2", [["delete", "c1"]]],
    ["x", "d1", [["insert", "x"]]],
    ["c1", "y", [["update", "y", "c1"]]],
    ["y", "c1 c2", [["update", "c1", "y"]]],
    [
      "base",
      "d1 d2 x",
      [
        ["delete", "d1"],
        ["delete", "d2"],
        ["delete", "x"],
      ],
    ],
    ["c1branch@base", "d1 c2", [["delete", "d1"]]],
    ["base", "", []],
    [
      "heads",
      "",
      [
        ["insert", "f"],
        ["insert", "y"],
      ],
    ],
  ])("%s from %j", (target, current, actions) => {
    expect(stamp(target, current)).toEqual(actions);
  });

  it("and says for each move what it replaces", () => {
    expect(graph.planStamp(["d1", "c2"], "b").steps).toEqual([
      {
        direction: "down",
        revision: null,
        from: ["d1", "c2"],
        to: ["b"],
        versionRows: [
          ["delete", "d1"],
          ["update", "c2", "b"],
        ],
      },
    ]);
    expect(graph.planStamp(["d1"], "base").steps).toEqual([
      { direction: "down", revision: null, from: ["d1"], to: [], versionRows: [["delete", "d1"]] },
    ]);
  });
});

describe("a stamp of several targets", () => {
  it("ends with exactly these rows and those that are not on their lines", () => {
    const heads = (targets: string | readonly string[], current: string) =>
      graph.planStamp(words(current), targets).heads;
    expect(heads(["c1", "c2"], "f")).toEqual(["c1", "c2"]);
    expect(heads(["d1", "x"], "c1")).toEqual(["d1", "x"]);
    expect(heads(["x"], "d2")).toEqual(["d2", "x"]);
    expect(heads(["c1branch@base", "d2"], "d1 x")).toEqual(["d2", "x"]);
  });

  it("keeps a row that is one of them already", () => {
    const forest = sketchGraph("a1", "b1 < a1", "a2", "b2 < a2");
    const plan = forest.planStamp(["b1", "a2"], "heads");
    expect([plan.heads, plan.versionRows]).toEqual([["b1", "b2"], [["update", "a2", "b2"]]]);
  });

  it("refuses two of which one includes the other, and drops from one target what it implies itself", () => {
    expect(stamp(["b", "d1"], "")).toBe("overlappingTargets");
    const effective = sketchGraph("r #all", "a < r", "b < r ~ a");
    expect(effective.planStamp([], "all@heads").versionRows).toEqual([["insert", "b"]]);
  });
});

describe("a stamp with purge", () => {
  it("empties the table first, rows of unknown revisions included", () => {
    expect(stamp("b", "gone")).toBe("unknownRow");
    expect(stamp("current", "b")).toBe("relativeStamp");
    expect(stamp("c1branch@current", "b")).toBe("relativeStamp");
    expect(stamp("b", "gone d1", true)).toEqual([
      ["delete", "gone"],
      ["delete", "d1"],
      ["insert", "b"],
    ]);
    expect(stamp("base", "gone", true)).toEqual([["delete", "gone"]]);
  });
});

describe("a stamp is refused", () => {
  it.each<[target: string, reason: string]>([
    ["+1", "relativeStamp"],
    ["b-1", "relativeStamp"],
    ["head", "severalHeads"],
    ["nope", "unknownRevision"],
    ["nope@base", "unknownBranch"],
    ["a:b", "unexpectedRange"],
  ])("for %s", (target, reason) => {
    expect(stamp(target, "")).toBe(reason);
  });
});
