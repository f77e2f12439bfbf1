const VERSION_TABLE = "limbeck_version";

const IS_COLUMN = /^ *`/;

/** Keys and constraints in a fixed order: it is that in which they were made, and means nothing. Columns stay where they stand. */
function sortKeys(statement: string): string {
  const lines = statement.split("\n").map((line) => line.replace(/,$/, ""));
  if (!/^CREATE TABLE/.test(lines[0] ?? "")) return statement;
  const end = lines.findIndex((line) => line.startsWith(")"));
  const body = lines.slice(1, end);
  const columns = body.filter((line) => IS_COLUMN.test(line));
  const keys = body.filter((line) => !IS_COLUMN.test(line)).toSorted();
  return [lines[0], ...columns, ...keys, ...lines.slice(end)].join("\n");
}

/** What a dump says, statement by statement, without comments, settings, counters and the tool's own table, sorted. */
export function normalizeDump(dump: string): readonly string[] {
  return dump
    .replaceAll(/^\/\*M?![^\n]*SET [^\n]*\*\/ ?;;?$/gm, "")
    .replaceAll(/^\/\*M!999999.*$/gm, "")
    .replaceAll(/ AUTO_INCREMENT=\d+/g, "")
    .replaceAll(/ ?DEFINER=\S+?(?=\*\/| )/g, "")
    .split(/;\n/)
    .map((statement) => sortKeys(statement.trim()))
    .filter((statement) => statement !== "" && !statement.includes(VERSION_TABLE))
    .toSorted();
}
