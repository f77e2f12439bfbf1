import { describe, expect, it } from "vitest";
import { fillFileTemplate, slugify } from "./file-name.ts";
import { nextSerial, requireUsableId } from "./revision-id.ts";

const date = new Date(2026, 1, 21, 7, 5, 9);
const parts = { revision: "3f1c9a2b7d10", message: "Add deleted_at to todos!", date, serial: "003" };

describe("slugify", () => {
  it("joins words in lower case and drops everything else", () => {
    expect(slugify("  Add `deleted_at` -- to: Todos!! ", 40)).toBe("add_deleted_at_to_todos");
  });

  it("cuts at the end of a word, and inside only a first word that is too long", () => {
    expect(slugify("make is_completed not null", 15)).toBe("make_is");
    expect(slugify("make is_completed not null", 17)).toBe("make_is_completed");
    expect(slugify("supercalifragilistic", 5)).toBe("super");
  });

  it("keeps letters of any language and cannot make a path", () => {
    expect(slugify("Größe ändern ../../etc/passwd", 40)).toBe("größe_ändern_etc_passwd");
  });
});

describe("fillFileTemplate", () => {
  it("fills every token", () => {
    expect(fillFileTemplate("{year}_{month}_{day}_{serial}_{slug}", parts, 40)).toBe("2026_02_21_003_add_deleted_at_to_todos");
    expect(fillFileTemplate("{rev}-{hour}{minute}{second}", parts, 40)).toBe("3f1c9a2b7d10-070509");
  });

  it("leaves no underscore at the end when the message has no words", () => {
    expect(fillFileTemplate("{rev}_{slug}", { ...parts, message: "!!!" }, 40)).toBe("3f1c9a2b7d10");
  });

  it("refuses a token that means nothing and a name that leads to another folder", () => {
    expect(() => fillFileTemplate("{slag}", parts, 40)).toThrow("{slag} means nothing");
    expect(() => fillFileTemplate("../{slug}", parts, 40)).toThrow("not the name of a file");
    expect(() => fillFileTemplate(".{slug}", parts, 40)).toThrow("not the name of a file");
  });
});

describe("nextSerial", () => {
  it("counts from 001 on each day", () => {
    expect(nextSerial(date, [])).toBe("001");
    expect(nextSerial(date, ["2026_02_20_007_x", "3f1c9a2b7d10"])).toBe("001");
    expect(nextSerial(date, ["2026_02_21_001_initial", "2026_02_21_009"])).toBe("010");
    expect(nextSerial(date, ["2026_02_21_999"])).toBe("1000");
  });
});

describe("requireUsableId", () => {
  it("takes hexadecimal and dated ids", () => {
    expect(requireUsableId("3f1c9a2b7d10")).toBe("3f1c9a2b7d10");
    expect(requireUsableId("2026_02_21_001")).toBe("2026_02_21_001");
  });

  it.each(["", "a-b", "a+1", "a@b", "a:b", "a b", "head", "base", "a/b", "x".repeat(33), 'a"b', "a\u0007b"])("refuses %j", (id) => {
    expect(() => requireUsableId(id)).toThrow("LB02");
  });
});
