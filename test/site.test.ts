import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../packages/limbeck/src/cli/command-catalogue.ts";
import { CONFIG_KEYS } from "../packages/limbeck/src/config/check-config.ts";
import { loadDialect } from "../packages/limbeck/src/dialects/registry.ts";
import { listErrorCatalogue } from "../packages/limbeck/src/kernel/errors/catalogue.ts";
import { EXIT_CODES } from "../packages/limbeck/src/kernel/exit-code.ts";
import { OPERATION_ARGUMENTS } from "../packages/limbeck/src/runtime/argument-rules.ts";
import * as commands from "../packages/limbeck/src/commands.ts";
import { buildSite, type Site } from "../tools/site/build-pages.ts";
import { replaceLinks } from "../tools/site/documents/links.ts";
import { findForeignAssets } from "../tools/site/find-foreign-assets.ts";
import { findDeadLinks } from "../tools/site/find-dead-links.ts";
import type { Page } from "../tools/site/page.ts";
import { listConfigKeys } from "../tools/site/reference/config.ts";
import { readDeclarations } from "../tools/site/read/declarations.ts";
import { findDefault } from "../tools/site/read/defaults.ts";
import { listOptions } from "../tools/walkthrough/list-options.ts";

const ROOT = join(import.meta.dirname, "..");

/** What stands in the second-level headings of pages. */
const listHeadings = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ text }) => Array.from(text.matchAll(/^## (.+)$/gm), ([, heading = ""]) => heading));

describe("the pages of the site", () => {
  let site: Site;
  const page = (path: string): Page => {
    const found = site.pages.find((one) => one.path === path);
    if (!found) throw new Error(`there is no page ${path}`);
    return found;
  };
  const below = (folder: string): readonly Page[] => site.pages.filter(({ path }) => path.startsWith(folder));

  beforeAll(async () => {
    site = await buildSite(ROOT);
  }, 120_000);

  it("are one of every command, with its options, its examples and a line in the list", () => {
    for (const [name, { examples }] of Object.entries(COMMANDS)) {
      const { text } = page(`reference/commands/${name}.md`);
      const options = text.split("## Options")[1]?.split(/\n\n(?!\|)/)[0] ?? "";
      expect([name, [...new Set(options.match(/^\| `[^`]*--[a-z-]+/gm))].map((row) => /--.*/.exec(row)?.[0])]).toEqual([
        name,
        expect.arrayContaining([...listOptions(name, "own")]),
      ]);
      expect(text).toContain(examples.join("\n"));
      expect(page("reference/commands/index.md").text).toContain(`(./${name}.md)`);
    }
    expect(below("reference/commands/")).toHaveLength(Object.keys(COMMANDS).length + 1);
  });

  it("name the options that every command has", () => {
    const { text } = page("reference/commands/index.md");
    for (const option of listOptions("heads", "global")) expect(text).toContain(option);
  });

  it("have every method of op, each with a sentence, a call and what the engines make of it", () => {
    const pages = below("reference/operations/").filter(({ path }) => !/\/(?:index|as-data)\.md$/.test(path));
    const headings = listHeadings(pages).filter((heading) => heading.startsWith("op."));
    expect(headings.toSorted()).toEqual(
      Object.keys(OPERATION_ARGUMENTS)
        .map((name) => `op.${name}`)
        .toSorted(),
    );
    for (const { text } of pages) {
      for (const section of text.split(/^## /m).filter((part) => part.startsWith("op."))) {
        expect(section).toMatch(/^op\.\w+\n\n[A-Z][^\n]+/);
        expect(section).toContain("```ts\nawait op.");
        expect(section).toContain("| SQLite | PostgreSQL | MariaDB |");
      }
    }
  });

  it("have every kind of operation, as data", async () => {
    const { compile } = await loadDialect("sqlite:");
    const headings = listHeadings([page("reference/operations/as-data.md")]);
    expect(headings.toSorted()).toEqual(Object.keys(compile).toSorted());
  });

  it("say which operations an engine refuses", () => {
    const row = page("reference/operations/index.md")
      .text.split("\n")
      .find((line) => line.includes("`op.createEnum`"));
    expect(row).toMatch(/\| no, \[LB0541\]\(.*\) \| yes \| no, \[LB0541\]\(.*\) \|$/);
  });

  it("have every key of the config, each with what it means", () => {
    const keys = listConfigKeys(readDeclarations(ROOT));
    const { text } = page("reference/config.md");
    expect(
      listHeadings([page("reference/config.md")])
        .slice(1)
        .toSorted(),
    ).toEqual(CONFIG_KEYS.toSorted());
    for (const { name, summary } of keys) {
      expect([name, summary]).toEqual([name, expect.stringMatching(/^[A-Z]/)]);
      expect(text).toContain(`## ${name}\n\n`);
    }
    expect(text).toContain("| [`lockTimeout`](./config.md#locktimeout) | 60 |");
  });

  it("have every error code, with its long form and a message that says all it has to say", () => {
    const codes = listErrorCatalogue();
    const pages = below("reference/errors/lb");
    expect(listHeadings(pages).toSorted()).toEqual(codes.map(({ code }) => code).toSorted());
    const index = page("reference/errors/index.md").text;
    for (const { code } of codes) {
      expect(index).toContain(`[${code}](./${code.slice(0, 4).toLowerCase()}.md#${code.toLowerCase()})`);
    }
    // What a sample of the wrong kind would leave in a message.
    const messages = pages.flatMap(({ text }) => text.match(/^```text\n[\s\S]*?^```/gm) ?? []);
    expect(messages).toHaveLength(codes.length);
    expect(messages.filter((message) => /\bundefined\b|\[object |\bNaN\b|<>/.test(message))).toEqual([]);
  });

  it("have every exit code with its meaning", () => {
    const rows = page("reference/exit-codes.md").text.match(/^\| `\d+` \| `\w+` \| [A-Z].+ \|$/gm) ?? [];
    expect(rows).toHaveLength(Object.keys(EXIT_CODES).length);
  });

  it("have every function of limbeck/commands", () => {
    const isErrorClass = (value: unknown): boolean => typeof value === "function" && String(value).startsWith("class ");
    const functions = Object.entries(commands).filter(
      ([, value]) => typeof value === "function" && !isErrorClass(value),
    );
    expect(listHeadings([page("reference/library/commands.md")]).toSorted()).toEqual(
      functions.map(([name]) => name).toSorted(),
    );
  });

  it("have every document of the folder docs", () => {
    expect(below("guide/")).toHaveLength(13);
    expect(page("manual/runner.md").text).toContain("# How revisions run");
    expect(page("guide/quick-reference.md").text).toContain("](../manual/commands.md)");
  });

  it("have every Markdown file that a document leads to, as a document and not as a file", () => {
    expect(page("practice/shared-lists.md").text).toContain("](./personal-todo.md)");
    expect(below("files/").filter(({ path }) => path.endsWith("-md.md"))).toEqual([]);
  });

  it("have a start page with figures of the documents and a part of the README's example", () => {
    const { text } = page("index.md");
    expect(text).toMatch(/<p class="figure">\d+ of \d+<\/p>/);
    expect(text).toContain("✔ Proven on a scratch database");
    expect(text).toContain("$ npx limbeck downgrade -1");
  });

  it("have no link that leads nowhere", () => {
    expect(findDeadLinks(site.pages)).toEqual([]);
    const all = site.pages.flatMap(({ text }) => text.match(/\]\(\.\.?\//g) ?? []);
    expect(all.length).toBeGreaterThan(1500);
  });

  it("would not lose a page or a heading without a word", () => {
    const without = site.pages.filter(({ path }) => path !== "guide/deploying.md");
    expect(findDeadLinks(without)).toContain("guide/index.md: ./deploying.md");
    const renamed = site.pages.map((one) => ({ ...one, text: one.text.replace("## LB0801", "## LB0899") }));
    expect(findDeadLinks(renamed)).toContain("reference/errors/index.md: ./lb08.md#lb0801");
  });
});

describe("links", () => {
  it.each([
    ["in a sentence", "see [a](b.md)", "see X"],
    ["with code for text", "see [`a`](b.md#c)", "see X"],
    ["not in inline code", "`[a](b.md)`", "`[a](b.md)`"],
    ["not in a block", "```md\n[a](b.md)\n```", "```md\n[a](b.md)\n```"],
  ])("are found %s", (_where, text, expected) => {
    expect(replaceLinks(text, () => "X")).toBe(expected);
  });
});

describe("defaults", () => {
  it.each([
    ["The table. Default `limbeck_version`.", "`limbeck_version`"],
    ["Default: as the version table, with more. Other.", "as the version table, with more"],
    ["Default 2 on PostgreSQL; on SQLite 10.", "2 on PostgreSQL; on SQLite 10"],
    ["Files are in `.env`. Nothing else.", ""],
  ])("are read from %j", (summary, expected) => {
    expect(findDefault(summary)).toBe(expected);
  });
});

describe("what a built site loads", () => {
  it.each([
    ["a script", '<script type="module" src="https://cdn.example/a.js"></script>'],
    ["a style", '<link rel="stylesheet" href="https://fonts.example/css">'],
    ["a picture", "<img alt='' src='//example.org/a.png'>"],
    ["a font", "@font-face { src: url(https://fonts.example/a.woff2) }"],
    ["another style", '@import "https://fonts.example/css";'],
  ])("is foreign: %s", (_what, text) => {
    expect(findForeignAssets(new Map([["a.html", text]]))).toHaveLength(1);
  });

  it.each(['<a href="https://nodejs.org">Node</a>', '<script src="/assets/app.js"></script>', "url(/assets/a.woff2)"])(
    "is its own, or a link: %s",
    (text) => {
      expect(findForeignAssets(new Map([["a.html", text]]))).toEqual([]);
    },
  );
});
