import { describe, expect, it } from "vitest";
import { chooseStyle } from "./style.ts";

type Env = Readonly<Record<string, string>>;

const isColored = (isTTY: boolean, env: Env, noColor = false): boolean => {
  const style = chooseStyle({ write: () => undefined, isTTY, columns: 80 }, { env, noColor, ascii: false });
  return style.paint("error", "x") !== "x";
};

describe("colour", () => {
  it.each<readonly [string, boolean, Env, boolean]>([
    ["a terminal has it", true, {}, true],
    ["a pipe has none", false, {}, false],
    ["NO_COLOR turns it off", true, { NO_COLOR: "1" }, false],
    ["an empty NO_COLOR means nothing", true, { NO_COLOR: "" }, true],
    ["a dumb terminal has none", true, { TERM: "dumb" }, false],
    ["FORCE_COLOR turns it on for a pipe", false, { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0 turns it off", true, { FORCE_COLOR: "0" }, false],
    ["FORCE_COLOR goes before NO_COLOR", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  ])("%s", (_, isTTY, env, expected) => {
    expect(isColored(isTTY, env)).toBe(expected);
  });

  it("is turned off by --no-color whatever else is said", () => {
    expect(isColored(true, { FORCE_COLOR: "1" }, true)).toBe(false);
  });

  it("does not depend on the environment of this process", () => {
    const style = chooseStyle(
      { write: () => undefined, isTTY: true, columns: 80 },
      { env: {}, noColor: false, ascii: false },
    );
    expect(style.paint("good", "x")).toBe("\u001B[32mx\u001B[39m");
  });
});

describe("width", () => {
  const widthOf = (isTTY: boolean, columns: number | undefined): number =>
    chooseStyle({ write: () => undefined, isTTY, columns }, { env: {}, noColor: false, ascii: false }).width;

  it("is that of the terminal within reason, else 80", () => {
    expect(widthOf(true, 100)).toBe(100);
    expect(widthOf(true, undefined)).toBe(80);
    expect(widthOf(false, 200)).toBe(80);
    expect(widthOf(true, 10)).toBe(40);
    expect(widthOf(true, 500)).toBe(120);
  });
});
