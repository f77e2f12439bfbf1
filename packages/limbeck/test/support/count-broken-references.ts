/** Counts the rows of a SQLite database that point nowhere, by table and by the table they point to. */
export const COUNT_BROKEN_REFERENCES: string =
  'SELECT "table", "parent", count(*) AS "rows" FROM pragma_foreign_key_check GROUP BY "table", "parent" ORDER BY "table", "parent"';
