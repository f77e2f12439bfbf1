import { COMMANDS } from "../../../packages/limbeck/src/cli/command-catalogue.ts";

/** The page of a command. */
export const commandPath = (name: string): string => `reference/commands/${name}.md`;

/** Where a command stands in a text. */
export const mentionOf = (name: string): RegExp => new RegExp(`\\blimbeck ${name}(?![\\w-])`);

/** The names of the commands that stand in a text, each once, in the order of the help. */
export function findCommands(text: string): readonly string[] {
  return Object.keys(COMMANDS).filter((name) => mentionOf(name).test(text));
}
