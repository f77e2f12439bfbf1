import { joinParts, writeBlock, writeCode, writeLink, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import { findInterface, readProperties, type Declarations, type Property } from "../read/declarations.ts";
import { findDefault } from "../read/defaults.ts";
import type { Documents } from "../documents/documents.ts";
import { writeMentions } from "../read/mentions.ts";

const FILE = "packages/limbeck/src/config/limbeck-config.ts";
const PATH = "reference/config.md";

/** The keys of the config, as its type declares them. */
export function listConfigKeys(declarations: Declarations): readonly Property[] {
  const file = declarations.file(FILE);
  return ["SharedConfig", "LimbeckConfig"].flatMap((name) => [...readProperties(findInterface(file, name))]);
}

/** A key as it is written in a config, before its value. */
const asKey = (name: string): RegExp => new RegExp(`^\\s*${name}:|\`${name}\``, "m");

function writeKey({ name, type, summary }: Property, documents: Documents): string {
  return joinParts([
    `## ${name}`,
    writeText(summary),
    writeBlock("ts", `${name}?: ${type};`),
    writeMentions(documents.mention(asKey(name)), PATH),
  ]).trimEnd();
}

/** The page of the config. */
export function buildConfigPage(declarations: Declarations, documents: Documents): Page {
  const keys = listConfigKeys(declarations);
  const text = joinParts([
    "# Config",
    "`limbeck.config.ts` exports what `defineConfig` takes, or a function that makes it. No key is needed by every command: those that reach no database read no `url`, and only those that compare read `models`.",
    writeBlock(
      "ts",
      `import { defineConfig } from "limbeck";

export default defineConfig({
  url: "sqlite:app.db",
  models: () => import("./app/models.ts"),
});`,
    ),
    "A function is told the environment, with what `.env` adds to it, and the values of `-x key=value`:",
    writeBlock(
      "ts",
      `import { defineConfig } from "limbeck";

export default defineConfig(({ env, x }) => ({
  url: env["APP_DATABASE"] ?? \`sqlite:\${x["name"] ?? "app"}.db\`,
}));`,
    ),
    "## All keys",
    writeTable(
      ["key", "default"],
      keys.map(({ name, summary }) => [
        writeLink(writeCode(name), PATH, `${PATH}#${name.toLowerCase()}`),
        writeText(findDefault(summary)),
      ]),
    ),
    ...keys.map((key) => writeKey(key, documents)),
  ]);
  return { path: PATH, title: "Config", text };
}
