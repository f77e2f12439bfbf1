import { COMMANDS } from "../../packages/limbeck/src/cli/command-catalogue.ts";
import { renderCommandHelp } from "../../packages/limbeck/src/cli/render/help.ts";
import { chooseStyle } from "../../packages/limbeck/src/cli/style.ts";

/** The options of a command as its help lists them, sorted: its own, or those that every command has. */
export function listOptions(command: string, part: "own" | "global"): readonly string[] {
  const style = chooseStyle(
    { write: () => undefined, isTTY: false, columns: undefined },
    { env: {}, noColor: true, ascii: true },
  );
  const listed = COMMANDS[command];
  const help = listed ? renderCommandHelp(command, listed, style) : "";
  const heading = part === "own" ? /^Options$/m : /^Options of every command$/m;
  const section = help.split(heading)[1]?.split(/\n\n/)[0] ?? "";
  // Wrapped explanations mention options of other commands; the options themselves begin their lines.
  const lines = section.match(/^ +(?:-\w, |    )--[a-z][a-z-]+/gm) ?? [];
  return [...new Set(lines.map((line) => /--.*/.exec(line)?.[0] ?? ""))].toSorted();
}
