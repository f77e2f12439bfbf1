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

describe("signs beyond ASCII", () => {
  const hasThem = (isTTY: boolean, env: Env, ascii = false): boolean => {
    const style = chooseStyle({ write: () => undefined, isTTY, columns: 80 }, { env, noColor: false, ascii });
    return style.symbols.done === "✔" && style.symbols.lanes.revision === "●";
  };

  it.each<readonly [string, boolean, Env, boolean]>([
    ["are shown where nothing speaks against them", true, {}, true],
    ["are shown in a UTF-8 locale", true, { LANG: "de_DE.UTF-8" }, true],
    ["are shown where only the encoding is named", true, { LC_CTYPE: "utf8" }, true],
    ["are not in a locale with another encoding", true, { LANG: "de_DE.ISO-8859-1" }, false],
    ["are not in the C locale", true, { LANG: "C" }, false],
    ["follow LC_ALL before LC_CTYPE", true, { LC_ALL: "C", LC_CTYPE: "C.UTF-8", LANG: "C.UTF-8" }, false],
    ["follow LC_CTYPE before LANG", true, { LC_ALL: "", LC_CTYPE: "C.UTF-8", LANG: "C" }, true],
    ["are not on the Linux console", true, { TERM: "linux", LANG: "C.UTF-8" }, false],
    ["are not on the old console of Windows", true, { OS: "Windows_NT" }, false],
    ["are in Windows Terminal", true, { OS: "Windows_NT", WT_SESSION: "1" }, true],
    ["are written to a file in any locale", false, { LANG: "C", TERM: "linux" }, true],
  ])("%s", (_, isTTY, env, expected) => {
    expect(hasThem(isTTY, env)).toBe(expected);
  });

  it("are never shown with --ascii", () => {
    expect(hasThem(true, { LANG: "C.UTF-8" }, true)).toBe(false);
    expect(hasThem(false, {}, true)).toBe(false);
  });
});
