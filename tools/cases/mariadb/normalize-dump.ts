const OWN_TABLES = /limbeck_(?:version|history)/;

const IS_COLUMN = /^ *`/;

/** Keys and constraints in a fixed order: it is that in which they were made, and means nothing. Columns stay where they stand. */
function sortKeys(statement: string): string {
  const lines = statement.split("\n").map((line) => line.replace(/,$/, ""));
  if (lines[0]?.startsWith("CREATE TABLE") !== true) return statement;
  const end = lines.findIndex((line) => line.startsWith(")"));
  const body = lines.slice(1, end);
  const columns = body.filter((line) => IS_COLUMN.test(line));
  const keys = body.filter((line) => !IS_COLUMN.test(line)).toSorted();
  return [lines[0], ...columns, ...keys, ...lines.slice(end)].join("\n");
}

/** The server keeps the head of a trigger in the letters in which it was written, and repeats the usual kind of an index where somebody wrote it: neither means anything. */
function foldWords(statement: string): string {
  return statement
    .replaceAll(/(?<=\)) USING BTREE\b/g, "")
    .replace(/(TRIGGER `[^`]*` )(\w+ \w+)/, (_, head: string, words: string) => head + words.toUpperCase());
}

/** What a dump says, statement by statement, without comments, settings, counters and the tool's own table, sorted. */
export function normalizeDump(dump: string): readonly string[] {
  return dump
    .replaceAll(/^\/\*M?![^\n]*SET [^\n]*\*\/ ?;;?$/gm, "")
    .replaceAll(/^\/\*M!999999.*$/gm, "")
    .replaceAll(/ AUTO_INCREMENT=\d+/g, "")
    .replaceAll(/ ?DEFINER=\S+?(?=\*\/| )/g, "")
    .split(/;\n/)
    .map((statement) => foldWords(sortKeys(statement.trim())))
    .filter((statement) => statement !== "" && !OWN_TABLES.test(statement))
    .toSorted();
}
