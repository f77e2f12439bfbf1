/** Why a statement with other placeholders than values is refused; most often those of another engine stand in it, where none was found. */
export function explainMismatch({
  sql,
  placeholders,
}: {
  readonly sql: string;
  readonly placeholders: number;
}): string {
  const isNumbered = placeholders === 0 && /\$\d/.test(sql);
  const reason = isNumbered
    ? "This engine wants ? for values, not $1, $2."
    : "The engine takes NULL for a value that is missing, and says nothing.";
  return `${reason} The statement is: ${sql}`;
}
