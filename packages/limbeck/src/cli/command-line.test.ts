import { describe, expect, it } from "vitest";
import { splitCommandLine } from "./command-line.ts";

describe("splitCommandLine", () => {
  it("finds the command behind global options and hands these on to it", () => {
    const line = splitCommandLine(["--config", "a.ts", "--json", "-x", "k=v", "upgrade", "head", "--sql"]);
    expect(line.command).toBe("upgrade");
    expect(line.args).toEqual(["--config", "a.ts", "--json", "-x", "k=v", "head", "--sql"]);
    expect(line.json).toBe(true);
  });

  it("does not take the value of a global option for the command", () => {
    expect(splitCommandLine(["--url", "upgrade"]).command).toBeUndefined();
    expect(splitCommandLine(["--url=upgrade", "heads"]).command).toBe("heads");
  });

  it("leaves relative targets alone", () => {
    expect(splitCommandLine(["downgrade", "-1"])).toMatchObject({ command: "downgrade", args: ["-1"] });
    expect(splitCommandLine(["upgrade", "+2"])).toMatchObject({ command: "upgrade", args: ["+2"] });
  });

  it("separates values that are glued to a short option", () => {
    expect(splitCommandLine(["history", "-r-3:current"]).args).toEqual(["-r=-3:current"]);
    expect(splitCommandLine(["-xtenant=a", "current"]).args).toEqual(["-x=tenant=a"]);
    expect(splitCommandLine(["revision", "-madd todos"]).args).toEqual(["-m=add todos"]);
    expect(splitCommandLine(["revision", "-m=add"]).args).toEqual(["-m=add"]);
    expect(splitCommandLine(["history", "-vi"]).args).toEqual(["-vi"]);
  });

  it("separates values that are empty or have several lines", () => {
    expect(splitCommandLine(["revision", "--message="]).args).toEqual(["--message", ""]);
    expect(splitCommandLine(["revision", "--message=a\nb"]).args).toEqual(["--message", "a\nb"]);
    expect(splitCommandLine(["revision", "-ma\nb"]).args).toEqual(["-m", "a\nb"]);
  });

  it("takes a switch that is repeated for one", () => {
    expect(splitCommandLine(["--json", "status", "--json", "--check"]).args).toEqual(["--json", "--check"]);
  });

  it("takes what follows -- as it is", () => {
    const line = splitCommandLine(["revision", "-m", "x", "--", "--help", "--json", "-mfoo"]);
    expect(line).toMatchObject({ wantsHelp: false, json: false });
    expect(line.args).toEqual(["-m", "x", "--", "--help", "--json", "-mfoo"]);
  });

  it("sees help and version anywhere", () => {
    expect(splitCommandLine(["upgrade", "-h"])).toMatchObject({ command: "upgrade", wantsHelp: true });
    expect(splitCommandLine(["--help"])).toMatchObject({ command: undefined, wantsHelp: true });
    expect(splitCommandLine(["--version"])).toMatchObject({ command: undefined, wantsVersion: true });
  });

  it("knows nothing of an empty line", () => {
    expect(splitCommandLine([])).toEqual({
      command: undefined,
      args: [],
      wantsHelp: false,
      wantsVersion: false,
      json: false,
      streams: false,
      noColor: false,
      ascii: false,
    });
  });
});
