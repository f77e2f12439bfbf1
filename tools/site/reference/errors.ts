import { renderError } from "../../../packages/limbeck/src/cli/render/error.ts";
import { chooseStyle } from "../../../packages/limbeck/src/cli/style.ts";
import { listErrorCatalogue } from "../../../packages/limbeck/src/kernel/errors/catalogue.ts";
import { WIDE, joinParts, writeBlock, writeCode, writeLink, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import type { Declarations } from "../read/declarations.ts";
import type { Documents } from "../documents/documents.ts";
import { writeMentions } from "../read/mentions.ts";
import { commandPath, findCommands } from "./command-places.ts";
import { raiseSamples, type SampleError } from "./raise-samples.ts";

const INDEX = "reference/errors/index.md";

/** A page that holds the errors of a family. */
export interface ErrorFamilyPage {
  readonly path: string;
  /** What the codes begin with: `LB08`. */
  readonly prefix: string;
  readonly entries: readonly ErrorEntry[];
}

/** One error, with what a message of it looks like. */
interface ErrorEntry extends SampleError {
  readonly explain: string;
}

/** All errors, by families. */
export async function readErrorFamilies(declarations: Declarations): Promise<readonly ErrorFamilyPage[]> {
  const samples = new Map((await raiseSamples(declarations)).map((sample) => [sample.code, sample]));
  const entries = listErrorCatalogue().map(({ code, explain }) => {
    const sample = samples.get(code);
    if (!sample) throw new Error(`nothing raises ${code}`);
    return { ...sample, explain };
  });
  return [...Map.groupBy(entries, ({ code }) => code.slice(0, 4))].map(([prefix, members]) => ({
    path: `reference/errors/${prefix.toLowerCase()}.md`,
    prefix,
    entries: members,
  }));
}

/** Plain text, as wide as the page. */
const STYLE = {
  ...chooseStyle(
    { write: () => undefined, isTTY: false, columns: undefined },
    { env: {}, noColor: true, ascii: false },
  ),
  width: 66,
};

function writeError(entry: ErrorEntry, path: string, documents: Documents): string {
  const commands = findCommands(entry.fix.join("\n"));
  const links = commands.map((name) => writeLink(`limbeck ${name}`, path, commandPath(name)));
  return joinParts([
    `## ${entry.code}`,
    writeText(entry.explain),
    writeBlock("text", renderError(entry, STYLE)),
    [
      `${writeCode(entry.family)}, reason ${writeCode(entry.reason)}, ${writeLink("exit code", path, "reference/exit-codes.md")} ${entry.exitCode}.`,
      ...(links.length === 0 ? [] : [`Its way out: ${links.join(", ")}.`]),
      writeMentions(documents.mention(new RegExp(`\\b${entry.code}\\b`)), path),
    ]
      .filter((part) => part !== "")
      .join(" "),
  ]).trimEnd();
}

const listFamilies = (entries: readonly ErrorEntry[]): string =>
  [...new Set(entries.map(({ family }) => family))].join(", ");

/** The title of a family: `LB08, LockError`. */
const titleOf = ({ prefix, entries }: ErrorFamilyPage): string => `${prefix}: ${listFamilies(entries)}`;

function writeFamily(family: ErrorFamilyPage, documents: Documents): Page {
  const { path, entries } = family;
  const text = joinParts([
    `# ${titleOf(family)}`,
    [...new Set(entries.map(({ meaning }) => meaning))].map(writeText).join(" "),
    "The messages are examples: names in them are made up, and what stands in angle brackets depends on what happened.",
    ...entries.map((entry) => writeError(entry, path, documents)),
  ]);
  return { path, title: titleOf(family), text };
}

function writeIndex(families: readonly ErrorFamilyPage[]): Page {
  const text = joinParts([
    WIDE,
    "# Error codes",
    "Every error has a code, says what happened and why, and names a command or an edit that repairs it. `limbeck explain CODE` prints the long form; `--json` has all of it as data.",
    ...families.flatMap((family) => [
      `## ${titleOf(family)}`,
      writeTable(
        ["code", "what happened"],
        family.entries.map(({ code, title }) => [
          writeLink(code, INDEX, `${family.path}#${code.toLowerCase()}`),
          writeText(title.split("\n")[0] ?? ""),
        ]),
      ),
    ]),
  ]);
  return { path: INDEX, title: "All error codes", text };
}

/** A page for each family of errors, and one that lists all codes. */
export function buildErrorPages(families: readonly ErrorFamilyPage[], documents: Documents): readonly Page[] {
  return [writeIndex(families), ...families.map((family) => writeFamily(family, documents))];
}
