import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { connectionErrors } from "../kernel/errors/connection-errors.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { lockErrors } from "../kernel/errors/lock-errors.ts";
import { COMMANDS } from "./command-catalogue.ts";
import { renderError } from "./render/error.ts";
import { chooseStyle } from "./style.ts";

const FOLDER = join(import.meta.dirname, "../kernel/errors");

describe("the commands that errors speak of", () => {
  it("exist", () => {
    const texts = readdirSync(FOLDER).filter((name) => name.endsWith("-errors.ts"));
    const lines = texts.flatMap((name) => readFileSync(join(FOLDER, name), "utf8").split("\n"));
    // A title may begin with the name of the program.
    const commands = lines.filter((line) => !line.trim().startsWith("title:"));
    const named = commands.flatMap((line) =>
      Array.from(line.matchAll(/["'`]limbeck ([a-z]+(?:-[a-z]+)*)/g), ([, command]) => command),
    );
    // Enough of them to be sure that the pattern finds what it is to find.
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((command) => !Object.hasOwn(COMMANDS, command ?? ""))).toEqual([]);
  });

  it("say limbeck edit, and not the name of a program that is nowhere", () => {
    const texts = readdirSync(FOLDER).filter((name) => name.endsWith("-errors.ts"));
    const lines = texts.flatMap((name) => readFileSync(join(FOLDER, name), "utf8").split("\n"));
    expect(lines.filter((line) => /["'`]edit /.test(line))).toEqual([]);
  });

  const place = { revision: "ae10", location: "" };
  const failure = { operation: "x", sql: "x", databaseMessage: "x" };

  it.each(["upgrade", "downgrade"] as const)("go the way that the user went: %s", (direction) => {
    const errors = [
      commandErrors.rangeNeedsSql({ target: "a:b", command: direction }),
      executionErrors.statementFailed({ ...place, ...failure, direction }),
      executionErrors.noDatabaseToRead({ ...place, direction, sql: "x" }),
      executionErrors.transactionFailed({ ...place, direction, sql: "x", databaseMessage: "x" }),
      executionErrors.commitUnanswered({ ...place, direction, databaseMessage: "x" }),
      executionErrors.databaseMoved({ revision: "ae10", expected: "ae10", action: "update" }),
      lockErrors.heldByAnotherRun({ database: "a.db", holder: "", since: "", waited: 0 }),
    ];
    const other = direction === "upgrade" ? "downgrade" : "upgrade";
    expect(errors.flatMap(({ fix }) => fix).filter((command) => command.includes(`limbeck ${other}`))).toEqual([]);
  });

  it("name the end of a range that the command takes", () => {
    expect(commandErrors.rangeNeedsSql({ target: "b:a", command: "downgrade" }).fix).toEqual([
      "limbeck downgrade a",
      "limbeck downgrade b:a --sql",
    ]);
  });

  it("work where there are several heads", () => {
    expect(commandErrors.databaseNotUpToDate({ current: [], heads: ["a", "b"] }).fix).toEqual([
      "limbeck upgrade heads",
    ]);
  });

  it("look for a lost revision by its id, wherever the project keeps its files", () => {
    expect(commandErrors.databaseAhead({ unknown: ["ae10"] }).fix[0]).toBe('git log --all --oneline -S "ae10"');
  });

  it("are said once", () => {
    const style = chooseStyle(
      { write: () => undefined, isTTY: false, columns: undefined },
      { env: {}, noColor: true, ascii: false },
    );
    const rendered = renderError(connectionErrors.unsupportedValue({ problem: "NaN" }), style);
    expect(rendered.match(/limbeck explain LB0612/g)).toHaveLength(1);
  });
});
