import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { listErrorCatalogue } from "../packages/limbeck/src/kernel/errors/catalogue.ts";
import { requireMariadb } from "../packages/limbeck/test/support/mariadb-server.ts";
import { requirePostgres } from "../packages/limbeck/test/support/postgres-server.ts";
import { openWorkshopCopy, type WorkshopCopy } from "../tools/walkthrough/open-workshop-copy.ts";
import { readBlocks, readDocument } from "../tools/walkthrough/read-document.ts";
import { estimateMinutes } from "./guides/estimate-minutes.ts";
import { findUndocumented, findUnknownOptions, readCommands } from "./guides/find-mistakes.ts";
import { compileGuides, followGuide, needsMariadb, needsPostgres, type FollowedGuide } from "./guides/follow-guide.ts";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = "docs/limbeck_soft_delete_guide";
const read = (path: string): string => readFileSync(join(REPOSITORY, path), "utf8");

const GUIDES = readdirSync(join(REPOSITORY, FOLDER))
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ name, path: `${FOLDER}/${name}`, text: read(`${FOLDER}/${name}`) }));

/** Those, and pages that are followed in the same way. */
const PAGES = [...GUIDES, ...["docs/soft-delete.md"].map((path) => ({ name: path, path, text: read(path) }))];

/** A command where there should be none, because nobody would run it. */
const COMMAND = /^(?:\$ )?(?:npx|make|limbeck|git|npm) /;

/** Blocks that somebody can follow; `text` is for pictures and for what is not to be done. */
const LANGUAGES: ReadonlySet<string> = new Set(["console", "ts", "json", "sql", "diff", "make", "yaml", "text"]);

const skipWithoutPostgres = requirePostgres();
const skipWithoutMariadb = requireMariadb();

describe("a guide", () => {
  const copies: WorkshopCopy[] = [];
  const followed: FollowedGuide[] = [];
  afterAll(() => copies.forEach((copy) => copy.remove()));

  for (const { name, path, text } of PAGES)
    it.concurrent(`shows what happens: ${name}`, { timeout: 180_000 }, async (context) => {
      if (needsPostgres(text)) skipWithoutPostgres(context);
      if (needsMariadb(text)) skipWithoutMariadb(context);
      const copy = openWorkshopCopy();
      copies.push(copy);
      const following = followGuide(path, text, copy);
      await expect(following).resolves.toBeDefined();
      followed.push(await following);
    });

  it("shows code that compiles", async () => {
    expect(followed.length).toBeGreaterThan(0);
    await expect(compileGuides(followed)).resolves.toBeUndefined();
  });

  it.each(PAGES)("has blocks that are followed: $name", ({ path, text }) => {
    const languages = readBlocks(path, text).map(({ language }) => language);
    expect(languages.filter((language) => !LANGUAGES.has(language))).toEqual([]);
    const pictures = readBlocks(path, text).filter(({ language }) => language === "text");
    expect(pictures.flatMap(({ lines }) => lines.filter((line) => COMMAND.test(line)))).toEqual([]);
  });

  it.each(PAGES)("lets a pipeline run only what it runs itself: $name", ({ path, text }) => {
    const { steps } = readDocument(path, text);
    const typed = new Set(steps.flatMap((step) => (step.kind === "run" ? step.command : [])));
    const pipelines = steps.flatMap((step) => (step.kind === "write" && step.path.endsWith(".yml") ? step.text : []));
    const run = pipelines.flatMap((pipeline) => pipeline.match(/(?<=- run: ).*/g) ?? []);
    expect(run.filter((command) => command !== "npm ci" && !typed.has(command))).toEqual([]);
  });

  it.each(PAGES)("names commands and options that there are: $name", ({ text }) => {
    expect(findUnknownOptions(text, readCommands())).toEqual([]);
  });

  it.each(PAGES)("names errors that there are: $name", ({ text }) => {
    const codes = new Set(listErrorCatalogue().map(({ code }) => code));
    expect((text.match(/\bLB\d{4}\b/g) ?? []).filter((code) => !codes.has(code))).toEqual([]);
  });

  it.each(PAGES)("links to what is there: $name", ({ path, text }) => {
    const links = Array.from(text.matchAll(/\]\((?<target>[^)\s]+)\)/g), ([, target = ""]) => target);
    const missing = links.filter((link) => !/^https?:/.test(link) && !isThere(path, link));
    expect(missing).toEqual([]);
  });
});

/** Whether a link leads to a file, and to a heading in it. */
function isThere(document: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = join(REPOSITORY, path === "" ? document : join(dirname(document), path));
  if (!existsSync(target)) return false;
  if (heading === undefined) return true;
  const headings = readFileSync(target, "utf8").match(/^#+ .*$/gm) ?? [];
  const toAnchor = (text: string): string =>
    text
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-");
  return headings.some((text) => toAnchor(text) === heading);
}

describe("the table of guides in the overview", () => {
  const overview = read(`${FOLDER}/README.md`);
  const promises = Array.from(
    overview.matchAll(/^\| \[[^\]]*\]\((?<name>[\w.]+)\)[^\n]*?\| (?<how>read|do) +\| (?<minutes>\d+) min +\|$/gm),
    ({ groups }) => ({
      name: groups?.["name"] ?? "",
      isDone: groups?.["how"] === "do",
      minutes: Number(groups?.["minutes"]),
    }),
  );

  it("names each guide with its time", () => {
    const names = GUIDES.map(({ name }) => name).filter((name) => name !== "README.md");
    expect(promises.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it("promises about two hours for the first five and itself", () => {
    const first = promises.filter(({ name }) => /^0[0-4]_/.test(name)).reduce((sum, { minutes }) => sum + minutes, 0);
    const all = first + estimateMinutes("README.md", overview, false);
    expect(overview).toContain("About two hours.");
    expect(all).toBeGreaterThan(120 * 0.8);
    expect(all).toBeLessThan(120 * 1.2);
  });

  it.each(promises)("promises a time that fits: $name, $minutes minutes", ({ name, isDone, minutes }) => {
    const text = read(`${FOLDER}/${name}`);
    const estimate = estimateMinutes(name, text, isDone);
    expect(estimate).toBeGreaterThan(minutes * 0.8);
    expect(estimate).toBeLessThan(minutes * 1.2);
  });
});

describe("the options of the command line", () => {
  const documents = [
    read("README.md"),
    ...readdirSync(join(REPOSITORY, "docs")).flatMap((name) => (name.endsWith(".md") ? [read(`docs/${name}`)] : [])),
    ...GUIDES.map(({ text }) => text),
  ];

  it("are all in some document", () => {
    expect(findUndocumented(documents, readCommands())).toEqual([]);
  });

  it("are missed when one goes", () => {
    const without = new Map([...readCommands()].map(([name, options]) => [name, new Set(options)]));
    without.get("upgrade")?.delete("--dry-run");
    const exercises = read(`${FOLDER}/02_HANDS_ON_EXERCISES.md`);
    expect(findUnknownOptions(exercises, without)).toContain("upgrade --dry-run");
    expect(findUnknownOptions("Try `limbeck upgrde head` and `--no-such-option`.", without)).toEqual([
      "limbeck upgrde",
      "--no-such-option",
    ]);
    const more = new Map([["upgrade", new Set(["--secret-option"])]]);
    expect(findUndocumented(documents, more)).toEqual(["upgrade --secret-option"]);
  });
});
