import { describe, expect, it } from "vitest";
import { GraphError, graphErrorEntries, graphErrors } from "./graph-errors.ts";

/** One occurrence of each, with the data that the graph gives it. */
const OCCURRENCES = {
  unknownRevision: graphErrors.unknownRevision({ identifier: "nope" }),
  ambiguousPrefix: graphErrors.ambiguousPrefix({ identifier: "ae", candidates: ["ae10", "ae20"] }),
  unknownBranch: graphErrors.unknownBranch({ branch: "nope", labels: [] }),
  notOnBranch: graphErrors.notOnBranch({ revision: "ae10", branch: "billing" }),
  severalHeads: graphErrors.severalHeads({ target: "head", heads: ["ae10", "bf20"], instead: ["heads"] }),
  malformedTarget: graphErrors.malformedTarget({ target: "@", problem: "There is no branch before the @." }),
  unexpectedRange: graphErrors.unexpectedRange({ target: "a:b" }),
  unknownRow: graphErrors.unknownRow({ revision: "gone" }),
  ambiguousWalk: graphErrors.ambiguousWalk({ target: "+1", at: "base", choices: ["ae10", "bf20"], instead: ["ae10"] }),
  walkedTooFar: graphErrors.walkedTooFar({ target: "+3", wanted: 3, possible: 0 }),
  nothingApplied: graphErrors.nothingApplied({ target: "-1" }),
  wrongDirection: graphErrors.wrongDirection({ target: "-1", command: "upgrade" }),
  ambiguousStart: graphErrors.ambiguousStart({ target: "all@-1", starts: ["ae10", "bf20"] }),
  notAnAncestor: graphErrors.notAnAncestor({ range: "b:a", lower: "b", uppers: ["a"] }),
  notADowngrade: graphErrors.notADowngrade({ target: "ae10" }),
  overlappingTargets: graphErrors.overlappingTargets({ upper: "bf20", lower: "ae10" }),
  overlappingRows: graphErrors.overlappingRows({ upper: "bf20", lower: "ae10", tops: ["bf20"] }),
  relativeStamp: graphErrors.relativeStamp({ target: "-1" }),
  selfLoop: graphErrors.selfLoop({ revision: "ae10", field: "downRevision" }),
  cycle: graphErrors.cycle({ revisions: ["ae10", "bf20"] }),
  dependencyCycle: graphErrors.dependencyCycle({ revisions: ["ae10", "bf20"] }),
  missingParent: graphErrors.missingParent({ revision: "bf20", missing: "ae10" }),
  missingDependency: graphErrors.missingDependency({ revision: "bf20", missing: "ae10" }),
  duplicateRevision: graphErrors.duplicateRevision({ revision: "ae10" }),
  duplicateLabel: graphErrors.duplicateLabel({ label: "billing", revision: "bf20", other: "ae10" }),
  illegalRevisionId: graphErrors.illegalRevisionId({ revision: "ae-10", characters: ["-"] }),
  illegalLabel: graphErrors.illegalLabel({ label: "a+b", revision: "ae10", characters: ["+"] }),
  reservedName: graphErrors.reservedName({ name: "head", revision: "head" }),
  replacedTwice: graphErrors.replacedTwice({ revision: "ae10", squashes: ["bf20", "cd30"] }),
  replacementCircle: graphErrors.replacementCircle({ revisions: ["ae10", "bf20"] }),
  replacementDisordered: graphErrors.replacementDisordered({ squash: "cd30", end: "ae10", above: ["b2c3"] }),
  replacementMoved: graphErrors.replacementMoved({ squash: "cd30", parents: [], originals: ["ae10"] }),
  originalsMissing: graphErrors.originalsMissing({ revision: "bf20", squash: "cd30", missing: ["ae10", "bf20"] }),
  replacedNeeded: graphErrors.replacedNeeded({ revision: "d4", needed: "bf20", squash: "cd30", missing: ["bf20"] }),
} satisfies { readonly [Reason in keyof typeof graphErrors]: unknown };

describe("the errors of the revision graph", () => {
  it("have each a code of their own, in the family's range", () => {
    const codes = graphErrorEntries.map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^LB03\d\d$/u.test(code))).toEqual([]);
    expect(graphErrorEntries.map((entry) => entry.reason).toSorted()).toEqual(Object.keys(OCCURRENCES).toSorted());
  });

  it.each(Object.entries(OCCURRENCES))("%s says what, why and how to go on, and leaves no hole", (reason, error) => {
    expect(error).toBeInstanceOf(GraphError);
    expect([error.reason, error.exitCode]).toEqual([reason, 2]);
    expect(error.title).toMatch(/^\S.*[.]$/u);
    expect(error.why).toMatch(/[.]$/u);
    expect(error.fix.length).toBeGreaterThan(0);
    expect([error.title, error.why, ...error.fix].join("\n")).not.toMatch(/undefined|null,|\[object/u);
  });

  it("suggest the command that fits what was asked", () => {
    expect(OCCURRENCES.wrongDirection.fix).toEqual(["limbeck downgrade -1"]);
    expect(OCCURRENCES.ambiguousStart.fix).toEqual(["limbeck downgrade ae10@-1", "limbeck downgrade bf20@-1"]);
    expect(graphErrors.ambiguousStart({ target: "+1", starts: ["ae10"] }).fix).toEqual(["limbeck upgrade ae10@+1"]);
    expect(OCCURRENCES.ambiguousPrefix.fix).toEqual(["limbeck show ae10", "limbeck show ae20"]);
    expect(OCCURRENCES.cycle.title).toContain("ae10 -> bf20 -> ae10");
    expect(OCCURRENCES.walkedTooFar.title).toContain("asks for 3 revisions, and there is none that way");
  });
});
