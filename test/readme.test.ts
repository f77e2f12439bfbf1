import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../packages/limbeck/src/cli/command-catalogue.ts";
import { listErrorCatalogue } from "../packages/limbeck/src/kernel/errors/catalogue.ts";
import { EXIT_CODES } from "../packages/limbeck/src/kernel/exit-code.ts";
import { ColumnBuilder } from "../packages/limbeck/src/schema/builder/column-builder.ts";
import { FILE_TOKENS } from "../packages/limbeck/src/scripts/file-template.ts";
import * as schema from "../packages/limbeck/src/schema.ts";
import { checkTypes } from "../tools/walkthrough/check-types.ts";
import { openWorkshop, type Workshop } from "../tools/walkthrough/create-project.ts";
import { followDocument } from "../tools/walkthrough/follow-document.ts";
import { listOptions } from "../tools/walkthrough/list-options.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

const README = read("README.md");

/** The cells of the table under a heading of the README, its head left out. */
function readTable(heading: string, position = 0): readonly (readonly string[])[] {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const tables = section.match(/(?:^\|.*\|\n)+/gm) ?? [];
  const rows = (tables[position] ?? "").trim().split("\n").slice(2);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** All matches of a pattern, sorted, each once. */
const collect = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set(text.match(pattern) ?? [])].toSorted();

const LONG_OPTION = /--[a-z][a-z-]+/g;

describe("what the READMEs show", () => {
  let workshop: Workshop;
  beforeAll(() => {
    workshop = openWorkshop();
    return () => workshop.remove();
  }, 180_000);

  it.concurrent("happens: README.md", async () => {
    const reader = workshop.createProject("commonjs");
    await followDocument(readDocument("README.md", README), reader);
    expect(checkTypes(reader.folder, { resolution: "nodenext" })).toBe("");
  }, 180_000);

  it.concurrent("would not go unnoticed if a flag changed", async () => {
    const changed = readDocument("README.md", README.replace("revision --autogenerate", "revision --auto"));
    await expect(followDocument(changed, workshop.createProject("commonjs"))).rejects.toThrow(
      /^README\.md:\d+: `npx limbeck revision --auto -m "create todos"` failed with exit code 2/,
    );
  });
});

describe("what README.md lists", () => {
  it("is every command with its options", () => {
    const documented = readTable("Commands").map(([command = "", , options = ""]) => [
      /`(?<name>[a-z-]+)/.exec(command)?.groups?.["name"],
      // What stands in brackets explains.
      collect(options.replaceAll(/\(.*?\)/g, ""), LONG_OPTION),
    ]);
    expect(documented).toEqual(Object.keys(COMMANDS).map((name) => [name, listOptions(name, "own")]));
    expect(listOptions("upgrade", "own")).toContain("--dry-run");
  });

  it("is every option that all commands take", () => {
    const documented = readTable("Commands", 1).flatMap(([option = ""]) => collect(option, LONG_OPTION));
    expect(documented.toSorted()).toEqual([...listOptions("heads", "global"), "--version"].toSorted());
  });

  it("is every key of the config", () => {
    const documented = readTable("Config").map(([key = ""]) => key.replaceAll("`", ""));
    const source = read("packages/limbeck/src/config/limbeck-config.ts");
    const declared = ["interface SharedConfig", "interface LimbeckConfig"].map(
      (name) => source.slice(source.indexOf(`export ${name} `)).split(/^}/m)[0] ?? "",
    );
    expect(documented.toSorted()).toEqual(collect(declared.join(), /(?<=^ {2}readonly )[a-zA-Z]+/gm));
  });

  it("is every token of file names", () => {
    const [row = []] = readTable("Config").filter(([key]) => key === "`fileTemplate`");
    expect(collect(row.join(), /(?<=\{)[a-z]+(?=\})/g)).toEqual(FILE_TOKENS.toSorted());
  });

  it("is every column type, and every item of a table", () => {
    const types = readTable("Models").map(([type = ""]) => /[a-z]+/.exec(type)?.[0] ?? "");
    const items = /Items: (?<items>[^.]*)/.exec(README)?.groups?.["items"] ?? "";
    const others = ["DEFAULT_NAMING_CONVENTION", "table", "trigger", "view", "enumType", "sequence", "definedObject"];
    for (const name of others.slice(1)) expect(README).toMatch(new RegExp(String.raw`\b${name}\(`));
    const documented = [...types, ...collect(items, /(?<=`)[a-zA-Z]+/g), ...others];
    expect([...new Set(documented)].toSorted()).toEqual(Object.keys(schema).toSorted());
  });

  it("is every method of a column", () => {
    const sentence = /A column goes on with (?<methods>[^]*?)\. Items:/.exec(README)?.groups?.["methods"] ?? "";
    const methods = Object.getOwnPropertyNames(ColumnBuilder.prototype).filter((name) => name !== "constructor");
    expect(collect(sentence, /(?<=`)[a-zA-Z]+/g)).toEqual(methods.toSorted());
  });

  it("is every operation", () => {
    const source = read("packages/limbeck/src/runtime/operations.ts");
    const declared = source.slice(source.indexOf("export interface Operations {"));
    const documented = readTable("Operations").flatMap(([, call = ""]) => collect(call, /(?<=op\.)[a-zA-Z]+/g));
    expect(documented.toSorted()).toEqual(collect(declared, /(?<=^ {2})[a-zA-Z]+(?=\()/gm));
  });

  it("is every exit code", () => {
    const documented = readTable("Exit codes").map(([code]) => Number(code));
    expect(documented).toEqual(Object.values(EXIT_CODES));
  });

  it("is every family of errors", () => {
    const documented = readTable("Errors").map(([family]) => family);
    const families = new Set(listErrorCatalogue().map(({ code }) => code.slice(0, 4)));
    expect(documented).toEqual([...families].toSorted());
  });

  it("is every entry of the package", () => {
    const documented = readTable("As a library").map(([entry = ""]) =>
      entry.replaceAll("`", "").replace("limbeck", "."),
    );
    const manifest: unknown = JSON.parse(read("packages/limbeck/package.json"));
    const { exports }: { exports?: object } = Object(manifest);
    expect([...documented, "./package.json"]).toEqual(Object.keys(exports ?? {}));
  });
});

describe("what docs/coming-from-alembic.md names", () => {
  const text = read("docs/coming-from-alembic.md");
  /** The cells of the column that is about Limbeck. */
  const cells = Array.from(text.matchAll(/^\|[^|]*\|([^|]*)\|/gm), ([, cell = ""]) => cell).join("\n");

  it("are commands and options that there are", () => {
    const options = Object.keys(COMMANDS).flatMap((name) => [
      ...listOptions(name, "own"),
      ...listOptions(name, "global"),
    ]);
    const named = collect(cells, LONG_OPTION);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((option) => option !== "--version" && !options.includes(option))).toEqual([]);
    const described = new Set(collect(cells, /(?<=`)[a-z]+(?:-[a-z]+)*(?=[ `])/g));
    expect(Object.keys(COMMANDS).filter((name) => !described.has(name))).toEqual([]);
  });

  it("are codes of errors that there are", () => {
    const codes = new Set(listErrorCatalogue().map(({ code }) => code));
    const named = collect(text, /LB\d{4}/g);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
  });
});
