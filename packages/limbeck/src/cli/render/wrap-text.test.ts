import { describe, expect, it } from "vitest";
import { wrapBehind, wrapText } from "./wrap-text.ts";

describe("wrapText", () => {
  it("breaks at the last space that fits", () => {
    expect(wrapText("one two three", 7)).toBe("one two\nthree");
    expect(wrapText("one two three", 6)).toBe("one\ntwo\nthree");
  });

  it("counts the indentation", () => {
    expect(wrapText("one two three", 9, "  ")).toBe("  one two\n  three");
    expect(wrapText("one two three", 8, "  ")).toBe("  one\n  two\n  three");
  });

  it("keeps line breaks and empty lines, and leaves no trailing spaces", () => {
    expect(wrapText("one\n\ntwo  ", 20, "  ")).toBe("  one\n\n  two");
  });

  it("keeps the spaces of a line that fits, and the indentation of one that does not", () => {
    expect(wrapText("a   b", 20)).toBe("a   b");
    expect(wrapText("  + column one", 10)).toBe("  + column\n  one");
  });

  it("never breaks a word", () => {
    expect(wrapText("see /a/very/long/path now", 10)).toBe("see\n/a/very/long/path\nnow");
  });
});

describe("wrapBehind", () => {
  it("puts the lines below the first one under its text", () => {
    expect(wrapBehind("ok", "one two three", 10)).toBe("ok one two\n   three");
    expect(wrapBehind("  !", "one two", 7)).toBe("  ! one\n    two");
  });
});
