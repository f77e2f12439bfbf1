import { describe, expect, it } from "vitest";
import { HistoryError, historyErrorEntries, historyErrors } from "./history-errors.ts";

const error = {
  code: "LB0502",
  title: 'Table "todos" has no column "title".',
  why: "Its columns are id.\nRolled back.",
};
const database = "sqlite:/app.db";

/** One occurrence of each. */
const OCCURRENCES = {
  nothingToMerge: historyErrors.nothingToMerge({ given: ["b1"], heads: ["b1", "c1"] }),
  alreadyBelow: historyErrors.alreadyBelow({ lower: "b1", upper: "b2" }),
  orderFails: historyErrors.orderFails({
    revisions: ["b1", "c1"],
    failures: [{ revision: "c1", error }],
    runnable: ["c2", "b2"],
  }),
  orderMatters: historyErrors.orderMatters({
    revisions: ["b1", "c1"],
    schema: [],
    rows: [{ table: "todos", column: "title", kind: "changed", rows: 1, of: 6 }],
    heads: ["b2", "c2"],
  }),
  startUnreachable: historyErrors.startUnreachable({ revision: "a1", error }),
  revisionFails: historyErrors.revisionFails({ revision: "b1", error }),
  mergeFails: historyErrors.mergeFails({ revision: "m1", message: "Its upgrade fails: LB0502." }),
  rebaseUnnamed: historyErrors.rebaseUnnamed({ heads: ["b1", "c1", "d1"], movable: ["b1", "c1", "d1"] }),
  rebaseUndecided: historyErrors.rebaseUndecided({ heads: ["b1", "c1"], database }),
  rebaseApplied: historyErrors.rebaseApplied({
    applied: ["c1"],
    database,
    branch: "c2",
    onto: "b1",
    canSwap: true,
    wayBack: "c1@-1",
  }),
  rebaseCircle: historyErrors.rebaseCircle({ onto: "c1", dependent: "c1", needed: "b1" }),
  rebaseDone: historyErrors.rebaseDone({ upper: "b2", lower: "b1" }),
  rebaseFails: historyErrors.rebaseFails({ revision: "c1", onto: "b1", message: "Its upgrade fails: LB0502." }),
  headerNotEditable: historyErrors.headerNotEditable({ path: "/v/c1.ts", parents: ["b1"] }),
  fileChanged: historyErrors.fileChanged({ path: "/v/c1.ts" }),
  filesNotReplaced: historyErrors.filesNotReplaced({ path: "/v/c1.ts", message: "The disk is full." }),
  filesHalfReplaced: historyErrors.filesHalfReplaced({
    path: "/v/c3.ts",
    message: "The disk is full.",
    changed: ["/v/b2.ts"],
  }),
  squashRangeMalformed: historyErrors.squashRangeMalformed({ text: "r1" }),
  insideSquash: historyErrors.insideSquash({ revision: "r2", squash: "s1" }),
  squashNoRange: historyErrors.squashNoRange({ first: "r2", last: "r1" }),
  squashOverlaps: historyErrors.squashOverlaps({ squash: "s1", path: "/p/s1.ts", revisions: ["r1"] }),
  squashOne: historyErrors.squashOne({ revision: "r1" }),
  squashSeveralBases: historyErrors.squashSeveralBases({ bases: ["a1", "x1"] }),
  squashEntered: historyErrors.squashEntered({ member: "m1", outside: "c1", first: "b1", before: ["b2"] }),
  squashLeft: historyErrors.squashLeft({
    member: "r2",
    outside: "x1",
    isChild: true,
    ends: { first: "r1", last: "r4" },
    after: ["r3"],
  }),
  squashEndsSquashed: historyErrors.squashEndsSquashed({ last: "s1", replaces: ["r1", "r2"] }),
  squashReads: historyErrors.squashReads({
    revision: "r3",
    direction: "upgrade",
    before: ["r1", "r2"],
    after: ["r4", "r4"],
  }),
  squashUnsteady: historyErrors.squashUnsteady({ revision: "r3", direction: "upgrade" }),
  squashNoWayBack: historyErrors.squashNoWayBack({ range: "r1:r3", differences: ["drop column due from todos"] }),
  squashDiffers: historyErrors.squashDiffers({ where: "after its upgrade", differences: ["add column due to todos"] }),
  squashFails: historyErrors.squashFails({ direction: "upgrade", error }),
} satisfies { readonly [Reason in keyof typeof historyErrors]: unknown };

describe("the errors of merge, rebase and squash", () => {
  it("have each a code of their own, in the family's range", () => {
    const codes = historyErrorEntries.map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^LB12\d\d$/u.test(code))).toEqual([]);
    expect(historyErrorEntries.map((entry) => entry.reason).toSorted()).toEqual(Object.keys(OCCURRENCES).toSorted());
  });

  it.each(Object.entries(OCCURRENCES))(
    "%s says what, why and how to go on, and leaves no hole",
    (reason, occurrence) => {
      expect(occurrence).toBeInstanceOf(HistoryError);
      expect(occurrence.reason).toBe(reason);
      expect([2, 6]).toContain(occurrence.exitCode);
      expect(occurrence.title).toMatch(/^\S.*[.]$/u);
      expect(occurrence.why).toMatch(/[.]$/u);
      expect(occurrence.fix.length).toBeGreaterThan(0);
      expect([occurrence.title, occurrence.why, ...occurrence.fix].join("\n")).not.toMatch(
        /undefined|null|\[object| {2}\./u,
      );
    },
  );

  it("suggest what fits what was found", () => {
    expect(OCCURRENCES.orderFails.fix[0]).toBe("limbeck rebase b2 --onto c2");
    expect(OCCURRENCES.orderFails.title).toBe("c1 fails when b1 has run before it.");
    // What a run on a real database would have to say of what it has rolled back.
    expect(OCCURRENCES.orderFails.why).not.toContain("Rolled back");
    expect(OCCURRENCES.orderMatters.why).toContain("todos.title: other values in 1 of 6 rows");
    expect(OCCURRENCES.rebaseApplied.fix).toEqual([
      "limbeck rebase b1 --onto c2",
      "limbeck merge b1 c2",
      "limbeck downgrade c1@-1",
    ]);
    expect(OCCURRENCES.squashReads.fix).toEqual(["limbeck squash r1..r2", "limbeck show r3"]);
    expect(OCCURRENCES.squashLeft.fix.slice(0, 2)).toEqual(["limbeck squash r1..r2", "limbeck squash r3..r4"]);
  });
});
