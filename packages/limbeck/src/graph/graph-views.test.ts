import { describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import type { RevisionPlan } from "./revision-plan.ts";

/** Nodes of a line of sketches `id[labels] < parents ~ dependencies = replaced`. */
function readNodes(sketch: string): readonly RevisionNode[] {
  return sketch.split("; ").map((line) => {
    const match = /^([^\s[]+)(?:\[(.+)\])?(?: < ([^~=]+?))?(?: ~ ([^=]+?))?(?: = (.+))?$/.exec(line);
    const [, revision = "", labels, parents, dependencies, replaced] = match ?? [];
    const words = (text: string | undefined): readonly string[] => text?.split(" ") ?? [];
    return {
      revision,
      branchLabels: words(labels),
      downRevision: words(parents),
      dependsOn: words(dependencies),
      replaces: words(replaced),
    };
  });
}

const read = (sketch: string): RevisionGraph => RevisionGraph.from(readNodes(sketch));

/** The steps of a plan and the rows afterwards, `r2 r3 | b`. */
const show = ({ steps, heads }: RevisionPlan): string =>
  `${steps.map(({ revision }) => revision).join(" ")} | ${heads.join(" ")}`;

function refusal(attempt: () => unknown): Partial<LimbeckError> {
  try {
    attempt();
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

/** `a`, then what `s` replaces, then `z`, which says that it builds on the last of that. */
const LINE = "a; r1 < a; r2 < r1; r3 < r2; z < r3; s < a = r1 r2 r3";

describe("a squashed revision", () => {
  const graph = read(LINE);

  it("is there in the place of what it replaces", () => {
    expect(graph.revisions).toEqual(["a", "z", "s"]);
    expect(graph.newestFirst()).toEqual(["z", "s", "a"]);
    expect(graph.heads).toEqual(["z"]);
    expect(graph.get("z").downRevision).toEqual(["s"]);
    expect(graph.get("s")).toMatchObject({ children: ["z"], replaces: ["r1", "r2", "r3"] });
    expect(read("r1; r2 < r1; s = r1 r2").heads).toEqual(["s"]);
  });

  it("is what a new database runs", () => {
    expect(show(graph.planUpgrade([], "head"))).toBe("a s z | z");
    expect(show(graph.planUpgrade(["a"], "+1"))).toBe("s | s");
    expect(show(graph.planUpgrade(["a"], "r3"))).toBe("s | s");
  });

  it("counts as applied where the database has run all that it replaces, whatever the row says", () => {
    for (const row of ["r3", "s"]) {
      expect(show(graph.planUpgrade([row], "head"))).toBe("z | z");
      expect(graph.planUpgrade([row], "head").versionRows).toEqual([["update", row, "z"]]);
      expect(show(graph.planUpgrade([row], "s"))).toBe(` | ${row}`);
      expect(show(graph.planDowngrade([row], "-1"))).toBe("s | a");
      expect(graph.planDowngrade([row], "-1").versionRows).toEqual([["update", row, "a"]]);
      expect(graph.impliedHeads([row])).toEqual(["s"]);
      expect(graph.has(row)).toBe(true);
      expect(graph.planStamp([row], "s").versionRows).toEqual([]);
    }
    expect(show(graph.planUpgrade(["z"], "head"))).toBe(" | z");
    expect(show(graph.planDowngrade(["z"], "base"))).toBe("z s a | ");
  });

  it("stands aside for a database in the middle", () => {
    expect(show(graph.planUpgrade(["r1"], "head"))).toBe("r2 r3 z | z");
    expect(show(graph.planUpgrade(["r1"], "s"))).toBe("r2 r3 | r3");
    expect(show(graph.planDowngrade(["r2"], "-1"))).toBe("r2 | r1");
    expect(show(graph.planDowngrade(["r2"], "base"))).toBe("r2 r1 a | ");
    expect(graph.impliedHeads(["r2"])).toEqual(["r2"]);
    expect(graph.applied(["r2"])).toEqual(["a", "s"]);
  });

  it("stands aside for a way into the middle", () => {
    expect(show(graph.planUpgrade([], "r2"))).toBe("a r1 r2 | r2");
    expect(show(graph.planDowngrade(["z"], "r1"))).toBe("z r3 r2 | r1");
    expect(graph.planDowngrade(["s"], "r2").versionRows).toEqual([["update", "s", "r2"]]);
    expect(graph.planDowngrade(["r3"], "r2").versionRows).toEqual([["update", "r3", "r2"]]);
    expect(graph.planStamp(["s"], "r2").versionRows).toEqual([["update", "s", "r2"]]);
  });

  it("leaves what it replaces to be looked up", () => {
    expect(graph.resolve("r2")).toEqual(["r2"]);
    expect(graph.resolve("r3")).toEqual(["r3"]);
    expect(graph.get("r3").children).toEqual(["z"]);
    expect(graph.resolveRange("r1:r3")).toEqual(["r3", "r2", "r1"]);
    expect(graph.resolveRange("a:z")).toEqual(["z", "s", "a"]);
    expect(graph.replacementOf("r2")).toBe("s");
    expect(graph.replacementOf("z")).toBeUndefined();
    expect(graph.showing(["r1"]).revisions).toEqual(["a", "r1", "r2", "r3", "z"]);
    expect(show(graph.showing(["r1"]).planUpgrade([], "head"))).toBe("a r1 r2 r3 z | z");
  });

  it("is found by the beginning of any of the names", () => {
    const long = read("base0; first1 < base0; second2 < first1; squash3 < base0 = first1 second2; above4 < second2");
    expect(long.resolve("firs")).toEqual(["first1"]);
    expect(long.resolve("seco")).toEqual(["second2"]);
    expect(show(long.planUpgrade([], "seco"))).toBe("base0 squash3 | squash3");
    expect(show(long.planUpgrade([], "firs"))).toBe("base0 first1 | first1");
  });

  it("does without the files of what it replaces", () => {
    const deleted = read("a; z < r3; s < a = r1 r2 r3");
    expect(show(deleted.planUpgrade([], "head"))).toBe("a s z | z");
    expect(deleted.planUpgrade(["r3"], "head").versionRows).toEqual([["update", "r3", "z"]]);
    expect(show(deleted.planDowngrade(["r3"], "base"))).toBe("s a | ");
    expect(deleted.resolve("r3")).toEqual(["s"]);
    expect([deleted.has("r3"), deleted.has("r2"), deleted.has("s")]).toEqual([true, false, true]);
    expect(deleted.missingOriginals("r2")).toEqual(["r1", "r2", "r3"]);
    for (const attempt of [
      () => deleted.planUpgrade(["r2"], "head"),
      () => deleted.planDowngrade(["z"], "r2"),
      () => deleted.get("r2"),
      () => deleted.resolveRange("r1:z"),
    ])
      expect(refusal(attempt)).toMatchObject({ code: "LB0353", context: { squash: "s", missing: ["r1", "r2", "r3"] } });
  });

  it("needs all the files to stand aside, not some of them", () => {
    const some = read("a; r2 < r1; r3 < r2; z < r3; s < a = r1 r2 r3");
    expect(some.revisions).toEqual(["a", "z", "s"]);
    expect(refusal(() => some.planUpgrade(["r2"], "head"))).toMatchObject({
      code: "LB0353",
      context: { missing: ["r1"] },
    });
  });

  it("stands aside for good where something outside needs the middle", () => {
    const branched = read(`${LINE}; x < r2`);
    expect(branched.heads).toEqual(["z", "x"]);
    expect(show(branched.planUpgrade([], "heads"))).toBe("a r1 r2 x r3 z | x z");
    expect(branched.planUpgrade(["s"], "z").versionRows).toEqual([["update", "s", "z"]]);
    expect(refusal(() => read("a; z < r3; s < a = r1 r2 r3; x < r2"))).toMatchObject({
      code: "LB0354",
      context: { revision: "x", needed: "r2", squash: "s" },
    });
  });

  it("may be replaced itself", () => {
    const nested = read(`${LINE}; t < a = r1 r2 r3 s z; y < z`);
    expect(nested.revisions).toEqual(["a", "t", "y"]);
    expect(show(nested.planUpgrade([], "head"))).toBe("a t y | y");
    expect(show(nested.planUpgrade(["r3"], "head"))).toBe("z y | y");
    expect(show(nested.planUpgrade(["r1"], "head"))).toBe("r2 r3 z y | y");
    expect(show(nested.planUpgrade(["z"], "head"))).toBe("y | y");
    expect(show(nested.planDowngrade(["y"], "s"))).toBe("y z | s");
    expect(nested.replacementOf("r1")).toBe("t");
    expect(
      refusal(() => read("a; z < r3; s < a = r1 r2 r3; t < a = r1 r2 r3 s z").planUpgrade(["r1"], "head")),
    ).toMatchObject({
      code: "LB0353",
      context: { squash: "s" },
    });
    // Its own file may go before those of what it replaces, without anything being left over.
    const halfDeleted = read("a; r1 < a; r2 < r1; r3 < r2; t < a = r1 r2 r3 s z; y < z");
    expect(halfDeleted.revisions).toEqual(["a", "t", "y"]);
    expect(refusal(() => halfDeleted.planUpgrade(["r2"], "head"))).toMatchObject({ context: { missing: ["s", "z"] } });
  });

  it("is all of it for who depends on a label that it has kept, also where it stands aside", () => {
    const labelled = read("a; r1 < a; r2[mid] < r1; r3 < r2; s[mid] < a = r1 r2 r3; n ~ mid");
    expect(show(labelled.planUpgrade(["r2"], "n"))).toBe("r3 n | n");
    expect(show(labelled.planDowngrade(["n"], "r2"))).toBe("n r3 | r2");
    expect(labelled.get("n").dependsOn).toEqual(["s"]);
    // Inside it is still the one that had the label first.
    const inside = read("a; r1[mid] < a; r2 < r1 ~ mid; r3 < r2; s[mid] < a = r1 r2 r3");
    expect(show(inside.planUpgrade(["r1"], "head"))).toBe("r2 r3 | r3");
    const nested = read(
      "a; r1[mid] < a; r2 < r1; s[mid] < a = r1 r2; z < r2 ~ mid; y < z; t[mid] < a = r1 r2 s z y; n ~ mid",
    );
    expect(show(nested.planUpgrade(["r1"], "n"))).toBe("r2 z y n | n");
    expect(show(nested.planUpgrade(["r1"], "z"))).toBe("r2 z | z");
  });

  it("is refused where it makes no sense", () => {
    expect(refusal(() => read(`${LINE}; t < a = r2 r3`))).toMatchObject({ code: "LB0350" });
    expect(refusal(() => read("a; s < a = t; t < a = s"))).toMatchObject({ code: "LB0351" });
    expect(refusal(() => read("a; s < a = s"))).toMatchObject({ code: "LB0351" });
    expect(refusal(() => read("a; b < a; r1 < b; r2 < r1; s < a = r1 r2"))).toMatchObject({
      code: "LB0352",
      context: { parents: ["a"], originals: ["b"] },
    });
  });

  it("is refused where the list of what it replaces does not end with the last of that", () => {
    // Somebody, or a tool, has sorted the list: a database at r1 would count as having all of it.
    expect(refusal(() => read("a; r1 < a; r2 < r1; r3 < r2; s < a = r3 r2 r1"))).toMatchObject({
      code: "LB0355",
      context: { squash: "s", end: "r1", above: ["r2"] },
    });
    expect(read("a; r1 < a; r2 < r1; r3 < r2; s < a = r2 r1 r3").heads).toEqual(["s"]);
  });

  it("refuses two rows that mean the same", () => {
    expect(refusal(() => graph.planUpgrade(["r3", "s"], "head"))).toMatchObject({ code: "LB0328" });
  });
});

describe("planSquash", () => {
  const plan = (sketch: string, first: string | null, last: string): unknown => read(sketch).planSquash(first, last);

  it("takes all between the ends, and what they depend on outside", () => {
    expect(plan("a; t; b < a; c < b ~ t; d < b; e < c d; f < e", "b", "e")).toEqual({
      members: ["b", "d", "c", "e"],
      replaces: ["b", "d", "c", "e"],
      downRevision: ["a"],
      dependsOn: ["t"],
      branchLabels: [],
    });
    expect(plan("a; b < a; c < b", null, "b")).toMatchObject({ replaces: ["a", "b"], downRevision: [] });
  });

  it("leaves out dependencies that are there anyway", () => {
    expect(plan("t1; t2 < t1; a ~ t1; b < a ~ t1; c < b ~ t2", "b", "c")).toMatchObject({ dependsOn: ["t2"] });
    // Because the range begins above them, or because another dependency includes them.
    expect(plan("t; a ~ t; b < a ~ t; c < b", "b", "c")).toMatchObject({ dependsOn: [] });
    expect(plan("t1; t2 < t1; a; b < a ~ t1; c < b ~ t2", "b", "c")).toMatchObject({ dependsOn: ["t2"] });
  });

  it.each([
    ["a; b < a", "b", "a", "LB1241"],
    ["a; b < a", "b", "b", "LB1242"],
    ["a; x; m < a x", null, "m", "LB1243"],
    ["a; b < a; c < a; m < b c; d < m", "b", "d", "LB1244"],
    ["a; b < a; c < b; x < b", "a", "c", "LB1245"],
    ["a; b < a; c < b; x ~ b", "a", "c", "LB1245"],
    [LINE.replace("; z < r3", ""), "a", "s", "LB1246"],
  ])("refuses a range with other ways in or out: %s", (sketch, first, last, code) => {
    expect(refusal(() => plan(sketch, first, last))).toMatchObject({ code });
  });
});
