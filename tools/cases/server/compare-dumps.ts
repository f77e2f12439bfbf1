/** What one dump says and the other does not, both ways. */
export function compareDumps(found: readonly string[], expected: readonly string[]): readonly string[] {
  const oneLine = (statement: string): string => statement.replaceAll(/\s+/g, " ").slice(0, 300);
  return [
    ...found.filter((statement) => !expected.includes(statement)).map((statement) => `too much: ${oneLine(statement)}`),
    ...expected.filter((statement) => !found.includes(statement)).map((statement) => `missing: ${oneLine(statement)}`),
  ];
}
