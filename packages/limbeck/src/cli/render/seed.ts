import type { SeedReport, SeedResult } from "../../commands/seed/seed.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { formatDuration } from "./duration.ts";
import { wrapBehind } from "./wrap-text.ts";

function tellCounts({ inserted, updated, changed }: SeedReport): string {
  const parts = [
    ...(inserted > 0 ? [`${count(inserted, "row")} added`] : []),
    ...(updated > 0 ? [`${count(updated, "row")} set`] : []),
    ...(changed > 0 ? [`${count(changed, "row")} changed by statements`] : []),
  ];
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/** What seeds did. */
export function tellSeeds({ seeds }: SeedResult, style: Style): string {
  const { paint, symbols, width } = style;
  const lines = seeds.map(
    (report) =>
      `${report.seed} ${symbols.dot} ${tellCounts(report)} ${paint("dim", formatDuration(report.milliseconds))}`,
  );
  return [...lines, paint("good", wrapBehind(symbols.done, `${count(seeds.length, "seed")} run.`, width))].join("\n");
}
