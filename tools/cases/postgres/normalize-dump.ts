const OWN_TABLES = /limbeck_(?:version|history)/;

/** Lines of a CREATE TABLE in a fixed order: where a column stands means nothing, and PostgreSQL cannot put one anywhere but last. */
function sortColumns(statement: string): string {
  const match = /^(CREATE (?:UNLOGGED )?TABLE [^(]*\()\n([^]*)\n(\)[^]*)$/.exec(statement);
  if (!match) return statement;
  const [, head = "", body = "", tail = ""] = match;
  const lines = body.split(/,\n(?= {4}\S)/);
  return [head, lines.toSorted().join(",\n"), tail].join("\n");
}

/**
 * What a dump says, statement by statement, without comments, settings and the tool's own table, sorted. Statements end with a semicolon at the end of a
 * line, outside of function bodies.
 */
export function normalizeDump(dump: string): readonly string[] {
  const text = dump
    .split("\n")
    .filter((line) => !/^(?:--|SET |SELECT pg_catalog\.set_config|\\(?:un)?restrict)/.test(line))
    .join("\n");
  const statements: string[] = [];
  let pending = "";
  for (const piece of text.split(/(?<=;)\n/)) {
    pending = pending === "" ? piece : `${pending}\n${piece}`;
    // A dollar quote or a body in SQL that is open goes on.
    const isOpen =
      (pending.match(/\$[a-z_]*\$/gi) ?? []).length % 2 === 1 || /\bBEGIN ATOMIC\b(?![^]*\nEND;?$)/.test(pending);
    if (isOpen) continue;
    if (pending.trim() !== "") statements.push(sortColumns(pending.trim()));
    pending = "";
  }
  return statements.filter((statement) => !OWN_TABLES.test(statement)).toSorted();
}
