import { describe, expect, it } from "vitest";
import { formatFrame, formatLocation, locateOffset, withFrame } from "./source-location.ts";

describe("locateOffset", () => {
  const text = "first\r\n\tsecond line\nthird";

  it("counts lines and columns from one and gives the text of the line", () => {
    expect(locateOffset("/a.ts", text, 0)).toEqual({ path: "/a.ts", line: 1, column: 1, text: "first" });
    expect(locateOffset("/a.ts", text, 8)).toEqual({ path: "/a.ts", line: 2, column: 2, text: "\tsecond line" });
    expect(locateOffset("/a.ts", text, text.length)).toEqual({ path: "/a.ts", line: 3, column: 6, text: "third" });
  });
});

describe("formatLocation", () => {
  it("writes what is known", () => {
    expect(formatLocation({ path: "/a.ts", line: 3, column: 7 })).toBe("/a.ts:3:7");
    expect(formatLocation({ path: "/a.ts", line: 3 })).toBe("/a.ts:3");
    expect(formatLocation({ path: "/a.ts" })).toBe("/a.ts");
  });
});

describe("formatFrame", () => {
  it("marks the column below the line, tabs included", () => {
    expect(formatFrame({ path: "/a.ts", line: 12, column: 4, text: "\tab + c" })).toBe("  12 | \tab + c\n     | \t  ^");
  });

  it("is empty without a line, so that the message stands alone", () => {
    expect(formatFrame({ path: "/a.ts" })).toBe("");
    expect(withFrame("No.", { path: "/a.ts" })).toBe("No.");
    expect(withFrame("No.", { path: "/a.ts", line: 1, text: "x" })).toBe("No.\n  1 | x");
  });
});
