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
import { followDocument, followDocuments } from "../tools/walkthrough/follow-document.ts";
import { listOptions } from "../tools/walkthrough/list-options.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";
import { README_SESSION, readReadmeSession } from "../tools/walkthrough/readme-session.ts";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

const README = read("README.md");

const MODELS = read("docs/models.md");

/** The part of a document under a heading, as far as the next one of its level. */
const readSection = (text: string, heading: string): string =>
  text.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";

/** The cells of the tables in a text, their heads left out. */
function readTables(text: string): readonly (readonly string[])[] {
  const tables = text.match(/(?:^\|.*\|\n)+/gm) ?? [];
  return tables
    .flatMap((table) => table.trim().split("\n").slice(2))
    .map((row) =>
      row
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** The cells of the table under a heading of a document. */
const readTable = (document: string, heading: string): readonly (readonly string[])[] =>
  readTables(readSection(read(document), heading));

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

  it.concurrent("happens: README.md, and the pages that go on from it", async () => {
    const reader = workshop.createProject("commonjs");
    await followDocuments(readReadmeSession(), reader);
    expect(checkTypes(reader.folder, { resolution: "nodenext" })).toBe("");
  }, 180_000);

  it.concurrent("would not go unnoticed if a flag changed", async () => {
    const changed = readDocument("README.md", README.replace("revision --autogenerate", "revision --auto"));
    await expect(followDocument(changed, workshop.createProject("commonjs"))).rejects.toThrow(
      /^README\.md:\d+: `npx limbeck revision --auto -m "create todos"` failed with exit code 2/,
    );
  });
});

describe("the pages that go on from the README", () => {
  it.each(README_SESSION.slice(1).map((name, index) => ({ name, before: README_SESSION[index] ?? "" })))(
    "say so, and from where: $name",
    ({ name, before }) => {
      const path = before.startsWith("docs/") ? before.slice("docs/".length) : `../${before}`;
      expect(/ on this page go(?:es)? on from .*\]\((?<path>[^)#]*)/.exec(read(name))?.groups?.["path"]).toBe(path);
    },
  );
});

describe("what README.md lists", () => {
  it("is every command", () => {
    const named = readTable("README.md", "Commands").map(([command = ""]) => /[a-z-]+/.exec(command)?.[0]);
    expect(named).toEqual(Object.keys(COMMANDS));
  });
});

describe("what the pages list", () => {
  it("is every command with its options", () => {
    const sections = read("docs/commands.md").split(/^##+ /m);
    const documented = sections.flatMap((section) => {
      const name = /^`(?<name>[a-z-]+)/.exec(section)?.groups?.["name"];
      if (name === undefined) return [];
      const [, options = ""] = section.split(/^Options:/m);
      // What stands in brackets explains.
      return [[name, collect(options.replaceAll(/\(.*?\)/g, ""), LONG_OPTION)]];
    });
    const listed = Object.keys(COMMANDS).map((name) => [name, listOptions(name, "own")]);
    expect(documented).toEqual(listed);
    expect(listOptions("upgrade", "own")).toContain("--dry-run");
  });

  it("is every option that all commands take", () => {
    const documented = readTable("docs/commands.md", "Options of every command").flatMap(([option = ""]) =>
      collect(option, LONG_OPTION),
    );
    expect(documented.toSorted()).toEqual([...listOptions("heads", "global"), "--version"].toSorted());
  });

  it("is every key of the config", () => {
    const documented = readTables(read("docs/config.md")).map(([key = ""]) => key.replaceAll("`", ""));
    const source = read("packages/limbeck/src/config/limbeck-config.ts");
    const declared = ["interface SharedConfig", "interface LimbeckConfig"].map(
      (name) => source.slice(source.indexOf(`export ${name} `)).split(/^}/m)[0] ?? "",
    );
    expect(documented.toSorted()).toEqual(collect(declared.join(), /(?<=^ {2}readonly )[a-zA-Z]+/gm));
  });

  it("is every token of file names", () => {
    const [row = []] = readTables(read("docs/config.md")).filter(([key]) => key === "`fileTemplate`");
    expect(collect(row.join(), /(?<=\{)[a-z]+(?=\})/g)).toEqual(FILE_TOKENS.toSorted());
  });

  it("is every column type, and every item of a table", () => {
    const types = readTable("docs/models.md", "Column types").map(([type = ""]) => /[a-z]+/.exec(type)?.[0] ?? "");
    const items = /^Items of a table are\n\n(?<items>(?:- .*\n)+)/m.exec(MODELS)?.groups?.["items"] ?? "";
    const others = ["DEFAULT_NAMING_CONVENTION", "table", "trigger", "view", "enumType", "sequence", "definedObject"];
    for (const name of others.slice(1)) expect(MODELS).toMatch(new RegExp(String.raw`\b${name}\(`));
    const documented = [...types, ...collect(items, /(?<=`)[a-zA-Z]+/g), ...others];
    expect([...new Set(documented)].toSorted()).toEqual(Object.keys(schema).toSorted());
  });

  it("is every method of a column", () => {
    const sentence = /^A column goes on with\n\n(?<methods>(?:- .*\n)+)/m.exec(MODELS)?.groups?.["methods"] ?? "";
    const methods = Object.getOwnPropertyNames(ColumnBuilder.prototype).filter((name) => name !== "constructor");
    expect(collect(sentence, /(?<=`)[a-zA-Z]+/g)).toEqual(methods.toSorted());
  });

  it("is every operation", () => {
    const source = read("packages/limbeck/src/runtime/operations.ts");
    const declared = source.slice(source.indexOf("export interface Operations {"));
    const documented = readTable("docs/operations.md", "All operations").flatMap(([, call = ""]) =>
      collect(call, /(?<=op\.)[a-zA-Z]+/g),
    );
    expect(documented.toSorted()).toEqual(collect(declared, /(?<=^ {2})[a-zA-Z]+(?=\()/gm));
  });

  it("is every exit code", () => {
    const documented = readTable("docs/commands.md", "Exit codes").map(([code]) => Number(code));
    expect(documented).toEqual(Object.values(EXIT_CODES));
  });

  it("is every family of errors", () => {
    const documented = readTable("docs/errors.md", "Families of codes").map(([family]) => family);
    const families = new Set(listErrorCatalogue().map(({ code }) => code.slice(0, 4)));
    expect(documented).toEqual([...families].toSorted());
  });

  it("is every entry of the package", () => {
    const documented = readTable("docs/library.md", "Entries of the package").map(([entry = ""]) =>
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
