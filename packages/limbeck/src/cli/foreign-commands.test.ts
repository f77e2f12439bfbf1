import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-catalogue.ts";
import { FOREIGN_COMMANDS, findForeignCommand } from "./foreign-commands.ts";

describe("findForeignCommand", () => {
  it("prefers two words to one", () => {
    expect(findForeignCommand(["migrate", "dev"])?.command).toBe("migrate dev");
    expect(findForeignCommand(["migrate", "todos"])?.command).toBe("migrate");
    expect(findForeignCommand(["db", "push"])?.command).toBe("db push");
    expect(findForeignCommand(["push"])?.command).toBe("push");
  });

  it("does not know what nobody uses", () => {
    expect(findForeignCommand(["frobnicate"])).toBeUndefined();
  });

  it("only names commands that exist, and none of our own", () => {
    const known = new Set(Object.keys(COMMANDS));
    expect(FOREIGN_COMMANDS.size).toBeGreaterThan(40);
    expect([...FOREIGN_COMMANDS.keys()].filter((words) => known.has(words))).toEqual([]);
    const lines = [...FOREIGN_COMMANDS.values()].flatMap(({ instead }) => instead);
    expect(lines.filter((line) => !known.has(line.split(" ")[1] ?? ""))).toEqual([]);
    expect([...FOREIGN_COMMANDS.values()].filter(({ instead }) => instead.length === 0)).toEqual([]);
  });
});
