import { COMMANDS } from "../../../packages/limbeck/src/cli/command-catalogue.ts";
import { describeCommand, type CommandHelp, type Row } from "../../../packages/limbeck/src/cli/render/help.ts";
import { WIDE, joinParts, writeBlock, writeCode, writeLink, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import type { Documents } from "../documents/documents.ts";
import { writeMentions } from "../read/mentions.ts";
import { commandPath, findCommands, mentionOf } from "./command-places.ts";
import type { ErrorFamilyPage } from "./errors.ts";

const INDEX = "reference/commands/index.md";

const writeRows = (head: string, rows: readonly Row[]): string =>
  writeTable(
    [head, "meaning"],
    rows.map(([term, meaning]) => [writeCode(term.trim()), writeText(meaning)]),
  );

const section = (title: string, body: string): readonly string[] => (body === "" ? [] : [`## ${title}`, body]);

/** The errors whose fix is this command. */
function writeMended(name: string, path: string, families: readonly ErrorFamilyPage[]): string {
  const links = families.flatMap((family) =>
    family.entries
      .filter(({ fix }) => findCommands(fix.join("\n")).includes(name))
      .map(({ code }) => writeLink(code, path, `${family.path}#${code.toLowerCase()}`)),
  );
  return links.join(", ");
}

function writeCommand(
  name: string,
  { usage, brief, positional, own, examples }: CommandHelp,
  context: { readonly documents: Documents; readonly errors: readonly ErrorFamilyPage[] },
): Page {
  const path = commandPath(name);
  const text = joinParts([
    `# limbeck ${name}`,
    `${writeText(brief)}.`,
    writeBlock("sh", `${usage} [options]`),
    ...section("Examples", writeBlock("sh", examples.join("\n"))),
    ...section("Arguments", writeRows("argument", positional)),
    ...section("Options", writeRows("option", own)),
    `${own.length === 0 ? "It has no options of its own." : "Besides these:"} ${writeLink("the options of every command", path, `${INDEX}#options-of-every-command`)}. What it ends with: ${writeLink("exit codes", path, "reference/exit-codes.md")}.`,
    writeMentions(context.documents.mention(mentionOf(name)), path),
    ...section("Errors that name it as the way out", writeMended(name, path, context.errors)),
  ]);
  return { path, title: `limbeck ${name}`, text };
}

function writeIndex(commands: readonly (readonly [string, CommandHelp])[]): Page {
  const groups = [...Map.groupBy(commands, ([name]) => COMMANDS[name]?.group ?? "")];
  const shared = commands[0]?.[1].shared ?? [];
  const text = joinParts([
    WIDE,
    "# Commands",
    "Made from the definitions that the command line itself parses with. `limbeck --help` and `limbeck COMMAND --help` print the same.",
    ...groups.flatMap(([group, members]) => [
      `## ${group}`,
      writeTable(
        ["command", "what it does", "options"],
        members.map(([name, { usage, brief, own }]) => [
          writeLink(writeCode(usage.replace("limbeck ", "")), INDEX, commandPath(name)),
          writeText(brief),
          own.map(([term]) => writeCode(/--[a-z-]+/.exec(term)?.[0] ?? "")).join(" "),
        ]),
      ),
    ]),
    "## Options of every command",
    "They stand before the name of the command or after it.",
    writeRows("option", shared),
  ]);
  return { path: INDEX, title: "All commands", text };
}

/** A page for each command, and one that lists them. */
export function buildCommandPages(documents: Documents, errors: readonly ErrorFamilyPage[]): readonly Page[] {
  const commands = Object.entries(COMMANDS).map(([name, listed]) => [name, describeCommand(name, listed)] as const);
  return [writeIndex(commands), ...commands.map(([name, help]) => writeCommand(name, help, { documents, errors }))];
}
