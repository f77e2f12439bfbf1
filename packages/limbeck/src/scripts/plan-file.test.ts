import * as fc from "fast-check";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { formatDate, splitDate } from "./date-parts.ts";
import { findTemplateProblem } from "./file-template.ts";
import { planFile, type FilePlanRequest } from "./plan-file.ts";
import type { RevisionFile } from "./revision-file.ts";
import { makeSlug } from "./slug.ts";

const file = (name: string, revision: string): RevisionFile => ({
  revision,
  downRevision: [],
  branchLabels: [],
  dependsOn: [],
  replaces: [],
  path: `/v/${name}`,
  message: "",
  doc: "",
});

const request: FilePlanRequest = {
  message: "Add deleted_at to todos",
  files: [],
  now: new Date("2026-02-21T23:30:05Z"),
  randomId: () => "3f1c9a2b7d10",
  timezone: "UTC",
};

describe("planFile", () => {
  it("ends the name in what the file is written in, and counts all files", () => {
    const files = [file("2026_02_21_001_initial.sql", "a")];
    expect(planFile({ ...request, files, format: "sql" }).fileName).toBe("2026_02_21_002_add_deleted_at_to_todos.sql");
  });

  it("counts the files of a day, whatever their ids are", () => {
    expect(planFile(request)).toEqual({
      revision: "3f1c9a2b7d10",
      fileName: "2026_02_21_001_add_deleted_at_to_todos.ts",
    });
    const files = [
      file("2026_02_21_001_initial.ts", "a"),
      file("2026_02_21_009_more.js", "b"),
      file("2026_02_20_040_x.ts", "c"),
      file("2026_02_21_notes_050.ts", "d"),
    ];
    expect(planFile({ ...request, files }).fileName).toBe("2026_02_21_010_add_deleted_at_to_todos.ts");
  });

  it("goes on counting behind a message without letters, and beyond 999", () => {
    const files = [file("2026_02_21_999.ts", "a")];
    expect(planFile({ ...request, message: "!!", files }).fileName).toBe("2026_02_21_1000.ts");
  });

  it("gives date-serial ids the number of the file", () => {
    const files = [file("2026_02_21_001_initial.ts", "2026_02_21_001"), file("by_hand.ts", "2026_02_21_004")];
    expect(planFile({ ...request, files, idStyle: "date-serial" })).toEqual({
      revision: "2026_02_21_005",
      fileName: "2026_02_21_005_add_deleted_at_to_todos.ts",
    });
    expect(planFile({ ...request, files, idStyle: "date-serial", fileTemplate: "{rev}_{slug}" })).toEqual({
      revision: "2026_02_21_005",
      fileName: "2026_02_21_005_add_deleted_at_to_todos.ts",
    });
  });

  it("takes the day from the clocks of the time zone", () => {
    expect(planFile({ ...request, timezone: "Asia/Tokyo" }).fileName).toMatch(/^2026_02_22_001_/);
  });

  it("follows the template of the config", () => {
    const fileTemplate = "{epoch}-{hour}{minute}{second}-{rev}.{slug}";
    expect(planFile({ ...request, fileTemplate, slugLength: 5 }).fileName).toBe(
      "1771716605-233005-3f1c9a2b7d10.add.ts",
    );
  });

  it("leads into folders, and counts in those of the day", () => {
    const fileTemplate = "{year}/{month}/{day}_{serial}_{slug}";
    const files = [
      file("2026/02/21_001_initial.ts", "a"),
      file("2026/02/20_007_x.ts", "b"),
      file("2026/01/21_009_x.ts", "c"),
      file("21_011_x.ts", "d"),
    ];
    expect(planFile({ ...request, files, fileTemplate }).fileName).toBe("2026/02/21_002_add_deleted_at_to_todos.ts");
    expect(planFile({ ...request, message: "!!", fileTemplate: "{slug}/{rev}" }).fileName).toBe("3f1c9a2b7d10.ts");
  });

  it("draws again when a random id is taken", () => {
    const ids = ["aaa", "aaa", "bbb"];
    expect(planFile({ ...request, files: [file("x.ts", "aaa")], randomId: () => ids.shift() ?? "" }).revision).toBe(
      "bbb",
    );
  });

  it("takes an id that is asked for, unless it is taken", () => {
    expect(planFile({ ...request, revisionId: "ünïcode.1_2" }).revision).toBe("ünïcode.1_2");
    const files = [file("x.ts", "mine")];
    expect(() => planFile({ ...request, files, revisionId: "mine" })).toThrow(
      expect.objectContaining({ code: "LB0215" }),
    );
  });

  it("does not take an id that another revision has as a label, or stands for", () => {
    const files = [{ ...file("x.ts", "mine"), branchLabels: ["billing"], replaces: ["old1", "old2"] }];
    for (const revisionId of ["billing", "old1", "old2"])
      expect(() => planFile({ ...request, files, revisionId })).toThrow(expect.objectContaining({ code: "LB0215" }));
    const ids = ["old1", "free"];
    expect(planFile({ ...request, files, randomId: () => ids.shift() ?? "" }).revision).toBe("free");
  });

  // In the header of an SQL file they would mean that there is no parent.
  it.each(["none", "None", "null", "nil", "undefined"])("refuses the id %s", (revisionId) => {
    expect(() => planFile({ ...request, revisionId })).toThrow(expect.objectContaining({ code: "LB0214" }));
  });

  it.each(["a@b", "a-b", "a+1", "a:b", "a b", "../x", "head", "base", "", "x".repeat(33)])(
    "refuses the id %j",
    (revisionId) => {
      expect(() => planFile({ ...request, revisionId })).toThrow(expect.objectContaining({ code: "LB0214" }));
    },
  );

  it("never leaves the folder, and reads its own number again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 60 }), (message, slugLength) => {
        const { fileName, revision } = planFile({ ...request, message, slugLength });
        expect(basename(fileName)).toBe(fileName);
        expect(fileName).toMatch(/^2026_02_21_001(_[\p{L}\p{M}\p{N}_]+)?\.ts$/u);
        const next = planFile({
          ...request,
          message,
          slugLength,
          files: [file(fileName, revision)],
          randomId: () => "other",
        });
        expect(next.fileName).toMatch(/^2026_02_21_002/);
      }),
    );
  });
});

describe("makeSlug", () => {
  it.each([
    ["Add due date to todos!", "add_due_date_to_todos"],
    ["  it's   a/b\\c ..  ", "it_s_a_b_c"],
    ["Größe ändern 名前", "größe_ändern_名前"],
    ["make is_completed NOT NULL", "make_is_completed_not_null"],
    ["a message that is longer than forty characters", "a_message_that_is_longer_than_forty"],
    ["Donaudampfschifffahrtsgesellschaftskapitänsmütze", "donaudampfschifffahrtsgesellschaftskapit"],
    ["🎉", ""],
  ])("makes %j %j", (message, slug) => {
    expect(makeSlug(message)).toBe(slug);
  });
});

describe("findTemplateProblem", () => {
  it.each(["{year}_{month}_{day}_{serial}_{slug}", "{rev}", "{epoch}.{slug}", "v{serial}", "{year}/{month}/{slug}"])(
    "accepts %s",
    (template) => {
      expect(findTemplateProblem(template)).toBeUndefined();
    },
  );

  it.each([
    ["{slig}_{rev}", "{slig} is not a token"],
    ["{year}\\\\{slug}", "can't be in the name"],
    ["/{slug}", "between two names"],
    ["{year}//{slug}", "between two names"],
    ["{year}/", "between two names"],
    ["../{slug}", "not taken for revisions"],
    ["{year}/_{slug}", "not taken for revisions"],
    ["a:{slug}", '":" can\'t be in the name'],
    ["_{slug}", "not taken for revisions"],
    ["{year}_{month}", "the same name"],
    ["{slug", '"{" can\'t be in the name'],
  ])("refuses %s", (template, problem) => {
    expect(findTemplateProblem(template)).toContain(problem);
  });
});

describe("formatDate", () => {
  const date = new Date("2026-07-01T22:05:09Z");

  it("writes the date as the clocks of a time zone show it", () => {
    expect(formatDate(splitDate(date, "UTC"))).toBe("2026-07-01 22:05:09 UTC");
    expect(formatDate(splitDate(date, "Europe/Berlin"))).toBe("2026-07-02 00:05:09 +02:00");
    expect(formatDate(splitDate(date, "Asia/Kathmandu"))).toBe("2026-07-02 03:50:09 +05:45");
  });
});
