import { history } from "../../commands/history.ts";
import { usageErrors } from "../../kernel/errors/usage-errors.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellLegend } from "../render/graph/legend.ts";
import { tellMermaidLimits } from "../render/graph/mermaid.ts";
import { HISTORY_FORMATS, renderHistory, type HistoryView } from "../render/history.ts";
import { tellUnusedSquashes } from "../render/unused-squashes.ts";
import { openProject } from "../session.ts";

/** Options of `history`. */
export type HistoryFlags = GlobalFlags & {
  readonly graph: boolean;
  readonly format: string | undefined;
  readonly verbose: boolean;
  readonly indicateCurrent: boolean;
  readonly revRange: string | undefined;
};

function chooseForm({ graph, format }: HistoryFlags): HistoryView["form"] {
  if (format === undefined) return graph ? "graph" : "list";
  const chosen = HISTORY_FORMATS.find((known) => known === format);
  if (chosen) return chosen;
  throw usageErrors.flagChoice({ command: "history", flag: "--format", value: format, choices: HISTORY_FORMATS });
}

/** `limbeck history`. */
export const runHistory: Action<HistoryFlags> = async (session, flags) => {
  refuseBoth(
    "history",
    flags,
    ["graph", "format"],
    "--graph draws on the terminal, --format writes for another program.",
  );
  refuseBoth("history", flags, ["verbose", "format"], "A format shows of each revision what it has room for.");
  refuseBoth(
    "history",
    flags,
    ["json", "format"],
    "--json prints one JSON object and nothing else; so does --format json.",
  );
  const { verbose, indicateCurrent, revRange } = flags;
  const view = { form: chooseForm(flags), verbose, indicateCurrent };
  const options = { indicateCurrent, ...(revRange !== undefined && { range: revRange }) };
  const result = await history(await openProject(session), options);
  return {
    data: result,
    output: (style) => renderHistory(result, view, style),
    story: (style) => {
      if (result.revisions.length === 0) return "There are no revisions.";
      if (view.form === "mermaid") return tellMermaidLimits(result, style);
      // Only who looks at the graph needs the legend.
      const legend =
        view.form === "graph" && session.world.stdout.isTTY ? tellLegend(result, indicateCurrent, style) : "";
      return [legend, tellUnusedSquashes(result.unusedSquashes, style)].filter((part) => part !== "").join("\n");
    },
  };
};
