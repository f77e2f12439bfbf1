/** The statements of a dump, line by line. Columns come and go at the end of a table; where they stand means nothing, and no engine can move them. */
export const sortLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/,$/, ""))
    .filter((line) => !/^(?:--|\\|\s*$)/.test(line))
    .toSorted();
