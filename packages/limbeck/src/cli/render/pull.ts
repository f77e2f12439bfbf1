import type { PullResult } from "../../commands/pull.ts";
import type { Style } from "../style.ts";
import { renderUnmanaged } from "./asides.ts";
import { count } from "./count.ts";
import { renderHooks } from "./hooks.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

function describeModels({ tables, views, triggers, enums, sequences, objects }: PullResult): string {
  const counts: readonly (readonly [number, string])[] = [
    [tables, "table"],
    [views, "view"],
    [triggers, "trigger"],
    [enums, "enum"],
    [sequences, "sequence"],
    [objects, "other object"],
  ];
  return counts
    .filter(([number]) => number > 0)
    .map(([number, word]) => count(number, word))
    .join(", ");
}

function tellBaseline({ revision, isWritten }: PullResult, { paint, symbols, width }: Style): readonly string[] {
  if (!revision) return [];
  const good = (text: string): string => paint("good", wrapBehind(symbols.done, text, width));
  return [
    good(`Revision ${revision.revision} makes the same on an empty database: up, down and up again, proven.`),
    ...(revision.isStamped && isWritten
      ? [good(`The database stands at ${revision.revision} now. Nothing else in it was changed.`)]
      : []),
  ];
}

/** The line that the config lacks, to be copied. */
function tellConfigLine({ configLine, openLine }: PullResult, { paint, width }: Style): string {
  if (configLine === undefined) return "";
  const place = openLine && ` in the place of the comment in line ${openLine.line} of ${openLine.file}`;
  return `${wrapText(`Bring the models into the config, with this line${place ?? ""}:`, width)}\n\n    ${paint("strong", configLine)}\n`;
}

function chooseNext({ isWritten, revision }: PullResult): string {
  if (!isWritten) return "limbeck pull";
  return revision && !revision.isStamped ? `limbeck stamp ${revision.revision}` : "limbeck check";
}

/** What was written down, how sure that is, and what is left to do. */
export function tellPull(result: PullResult, style: Style): string {
  const { paint, symbols, width } = style;
  const proven = `${describeModels(result)}: the models build exactly this database, proven on a scratch one.`;
  return [
    paint("good", wrapBehind(symbols.done, proven, width)),
    ...tellBaseline(result, style),
    renderUnmanaged(result.unmanaged, "Also there, and models cannot say it:", style),
    result.revision ? renderHooks(result.revision.hooks, style) : "",
    result.isWritten ? tellConfigLine(result, style) : "",
    renderNext(chooseNext(result), style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
