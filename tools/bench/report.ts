import type { Figure, Group } from "./figure.ts";

/** What was measured, where and when. */
export interface Report {
  /** ISO 8601, in UTC. */
  readonly date: string;
  readonly node: string;
  readonly sqlite: string;
  readonly cores: number;
  readonly platform: string;
  /** How many measurements each median of a start-up is of. */
  readonly rounds: number;
  readonly groups: readonly Group[];
}

const HEADINGS: readonly string[] = ["", "median", "min", "more", "times", "goal"];

function formatNumber(value: number): string {
  return value < 100 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}

function formatGoal({ goal, unit }: Figure): string {
  if (!goal) return "";
  const limits = {
    value: `${formatNumber(goal.atMost)} ${unit}`,
    overBase: `+${formatNumber(goal.atMost)} ${unit}`,
    ratio: `${goal.atMost}x`,
  };
  return `${goal.met ? "met" : "MISSED"} (${limits[goal.measure]})`;
}

function formatFigure(figure: Figure): readonly string[] {
  const { name, unit, value, min, overBase, ratio } = figure;
  return [
    name,
    unit === "packages" ? formatNumber(value) : `${formatNumber(value)} ${unit}`,
    min === undefined ? "" : formatNumber(min),
    overBase === undefined ? "" : `${overBase < 0 ? "" : "+"}${formatNumber(overBase)}`,
    ratio === undefined ? "" : `${ratio.toFixed(2)}x`,
    formatGoal(figure),
  ];
}

function alignRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      // Words to the left, numbers to the right.
      .map((cell, column) => {
        const isWords = column === 0 || column === HEADINGS.length - 1;
        return isWords ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join("  ")
      .trimEnd(),
  );
}

function renderGroup({ title, figures, notes }: Group, lines: readonly string[]): string {
  const [heading = "", ...rest] = lines;
  const isTimed = figures.some(({ unit }) => unit === "ms");
  return [title, ...(isTimed ? [heading] : []), ...rest, ...notes.map((note) => `  ${note}`)].join("\n");
}

/** The report as tables for people; the columns of all groups stand below each other. */
export function renderReport({ date, node, sqlite, cores, platform, rounds, groups }: Report): string {
  const rows = [HEADINGS, ...groups.flatMap(({ figures }) => figures.map(formatFigure))];
  const [heading = "", ...lines] = alignRows(rows);
  const head = [
    `Limbeck benchmarks, ${date.slice(0, 10)}: Node ${node}, SQLite ${sqlite}, ${cores} cores, ${platform}`,
    `"more" and "times" compare with the first line of a group. ${rounds} interleaved rounds; compare only within one run.`,
  ].join("\n");
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, { figures }) => sum + figures.length, 0));
  const parts = groups.map((group, index) => {
    const start = starts[index] ?? 0;
    return renderGroup(group, [heading, ...lines.slice(start, start + group.figures.length)]);
  });
  return [head, ...parts].join("\n\n");
}
