import { readFileSync } from "node:fs";
import { join } from "node:path";
import { joinParts, writeBlock } from "./markdown.ts";
import type { Page } from "./page.ts";

/** A block of code of a document. */
interface Block {
  readonly language: string;
  readonly text: string;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

/** The first block of a document in which something stands. */
function findBlock(text: string, part: string): Block {
  for (const [, language = "", code = ""] of text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)) {
    if (code.includes(part)) return { language, text: code };
  }
  throw new Error(`README.md has no block with ${part}`);
}

/** A block without its first lines and its last ones. */
function cutBlock({ language, text }: Block, from: string, to?: string): Block {
  const start = text.indexOf(from);
  const end = to === undefined ? text.length : text.indexOf(to, start);
  if (start === -1 || end === -1) throw new Error(`the block has no part from ${from} to ${to ?? "its end"}`);
  return { language, text: text.slice(start, end) };
}

/** The numbers in the row of a table that begins with a name, and has as many cells. */
function readRow(text: string, name: string, cells: number): readonly string[] {
  const rows = text.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const found = rows.find((row) => row[0] === name && row.length === cells && /^\d/.test(row[1] ?? ""));
  if (!found) throw new Error(`there is no row of ${cells} cells for ${name}`);
  return found.slice(1);
}

/** What was measured, as the documents say it. */
function readFigures(root: string) {
  const peers = read(root, "docs/autogenerate-peers.md");
  const bothWays = (name: string): number => Number(readRow(peers, name, 9)[0]);
  const others = ["Alembic", "drizzle-kit", "TypeORM", "MikroORM"].map((name) => ({ name, right: bothWays(name) }));
  const benchmarks = read(root, "docs/benchmarks.md");
  const size = (name: string): string => readRow(benchmarks, name, 3)[0] ?? "";
  const time = (name: string): string => readRow(benchmarks, name, 5)[0] ?? "";
  return {
    right: bothWays("Limbeck"),
    kinds: /made of (\d+) kinds of change/.exec(peers)?.[1] ?? "",
    others: others.map(({ name, right }) => `${name} ${right}`).join(", "),
    current: time("`limbeck current`"),
    bareNode: time("`node -e 0`"),
    tarball: size("tarball"),
    dependencies: size("runtime dependencies"),
  };
}

const step = (number: number, title: string, body: readonly string[]): string =>
  [`<div class="step">\n\n### ${number}. ${title}`, ...body, "</div>"].join("\n\n");

const reason = (figure: string, title: string, body: string): string =>
  [`<div class="reason">\n\n<p class="figure">${figure}</p>\n\n### ${title}`, body, "</div>"].join("\n\n");

const show = ({ language, text }: Block): string => writeBlock(language, text);

const HEAD = `---
layout: home
hero:
  name: Limbeck
  text: Schema migrations with a way back
  tagline: For TypeScript, on SQLite, PostgreSQL and MariaDB. It writes revisions from your models, and runs each one up, down and up again on a scratch database before the file exists.
  image:
    src: /mark.svg
    alt: ""
  actions:
    - theme: brand
      text: Learn it in two hours
      link: /guide/
    - theme: alt
      text: Quick reference
      link: /guide/quick-reference
    - theme: alt
      text: All commands
      link: /reference/commands/
---`;

function writeExample(readme: string): readonly string[] {
  const model = findBlock(readme, "deleted_at: timestamp");
  const generate = findBlock(readme, "npx limbeck diff\n");
  const back = findBlock(readme, "npx limbeck downgrade -1\n");
  return [
    "## In thirty seconds",
    '<div class="steps">',
    step(1, "Change a model", [show(cutBlock(model, "export const todos"))]),
    step(2, "Let it write the revision, and try it", [
      show(cutBlock(generate, "$ npx limbeck revision", "$ npx limbeck upgrade")),
    ]),
    step(3, "Run it", [show(cutBlock(generate, "$ npx limbeck upgrade"))]),
    step(4, "Go back", [show(cutBlock(back, "$ npx limbeck downgrade", "$ npx limbeck upgrade"))]),
    "</div>",
    "All of it is what the tool printed: the example is [longer](./project/overview.md), and the tests run it.",
  ];
}

function writeReasons(root: string): readonly string[] {
  const { right, kinds, others, current, bareNode, tarball, dependencies } = readFigures(root);
  return [
    "## Three reasons",
    '<div class="reasons">',
    reason(
      `${right} of ${kinds}`,
      "Generated, and right both ways",
      `So many kinds of change on PostgreSQL went up as the models say and back as it was, rows included. Of the others: ${others}. [How it was measured](./manual/autogenerate-peers.md), and [the same on SQLite](./manual/sqlite-peers.md).`,
    ),
    reason(
      "up, down, up",
      "Tried before you see it",
      "A revision that does not come out right on a scratch database is not written. One that loses data says so, in the file and when it runs. A run that was killed [goes on where it stopped](./manual/runner.md).",
    ),
    reason(
      current,
      "Small and quick",
      `That long takes \`limbeck current\`; Node alone takes ${bareNode}. The package has ${tarball} and ${dependencies === "0" ? "no" : dependencies} runtime dependencies. [All figures](./manual/benchmarks.md), the goals that were missed among them.`,
    ),
    "</div>",
  ];
}

/** The start page: what the tool is, shown by what it prints, and the figures of the documents. */
export function buildStartPage(root: string): Page {
  const text = joinParts([
    HEAD,
    ...writeExample(read(root, "README.md")),
    ...writeReasons(root),
    "## Where to go on",
    [
      "- New to migrations: [the guides](./guide/index.md), two hours from nothing to a proven way back, and [exercises that are checked](./manual/learn.md).",
      "- Coming from [Alembic](./manual/coming-from-alembic.md) or [another tool](./guide/coming-from-other-tools.md): what your commands are called here.",
      "- To look something up: [commands](./reference/commands/index.md), [operations](./reference/operations/index.md), [config](./reference/config.md), [error codes](./reference/errors/index.md).",
      "- What it does not do yet: [the overview](./project/overview.md#what-it-does-and-what-it-does-not-do-yet).",
    ].join("\n"),
  ]);
  return { path: "index.md", title: "Limbeck", text };
}
