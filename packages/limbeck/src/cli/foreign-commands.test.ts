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
    expect(FOREIGN_COMMANDS.size).toBeGreaterThan(40);
    for (const [words, { instead }] of FOREIGN_COMMANDS) {
      expect(Object.hasOwn(COMMANDS, words), words).toBe(false);
      expect(instead.length, words).toBeGreaterThan(0);
      for (const line of instead) expect(Object.keys(COMMANDS), line).toContain(line.split(" ")[1]);
    }
  });
});
