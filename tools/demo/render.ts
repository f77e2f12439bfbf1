import type { SQLOutputValue } from "node:sqlite";
import { styleText } from "node:util";

type Row = Readonly<Record<string, SQLOutputValue>>;

const indent = (lines: readonly string[]): string => lines.map((line) => `    ${line}`.trimEnd()).join("\n");

/** Words between the commands. */
export function renderSay(text: string): string {
  return styleText("bold", text);
}

/** A command line as it would be typed. */
export function renderCommand(args: readonly string[]): string {
  const words = args.map((arg) => (/^[\w./:=-]+$/.test(arg) ? arg : `"${arg}"`));
  return styleText("cyan", `$ limbeck ${words.join(" ")}`);
}

/** A file with its path. */
export function renderFile(path: string, text: string): string {
  return `${styleText("dim", path)}\n${indent(text.trimEnd().split("\n"))}`;
}

/** The lines that a change takes away and those that it brings. */
export function renderEdit(path: string, before: string, after: string): string {
  const old = before.split("\n");
  const changed = after.split("\n");
  const removed = old.filter((line) => !changed.includes(line)).map((line) => styleText("red", `- ${line}`));
  const added = changed.filter((line) => !old.includes(line)).map((line) => styleText("green", `+ ${line}`));
  return `${styleText("dim", path)}\n${indent([...removed, ...added])}`;
}

/** A statement with the rows that it gave. */
export function renderQuery(sql: string, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const table = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "NULL")))];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines =
    rows.length === 0 ? [] : table.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "));
  return [styleText("cyan", `sqlite> ${sql};`), ...(lines.length === 0 ? [] : [indent(lines)])].join("\n");
}
