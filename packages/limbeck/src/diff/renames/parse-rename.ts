import { diffErrors } from "../../kernel/errors/diff-errors.ts";
import type { Rename, RenameKind } from "./rename.ts";

const NAME = '"(?:[^"]|"")+"|[^".:]+';
const ANSWER = new RegExp(
  `^(?:(?<kind>table|column|index|constraint|value):)?` +
    `(?:(?<oldTable>${NAME})\\.)?(?<from>${NAME}):(?:(?<newTable>${NAME})\\.)?(?<to>${NAME})$`,
);

function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.trim();
}

/**
 * Reads the answer to a question about a rename:
 *
 * - `old:new` renames a table; where no table fits, an index or a constraint;
 * - `table.old:table.new`, or shorter `table.old:new`, renames a column; where no column fits, an index or a constraint of
 *   the table. A table that is renamed itself may go by either name;
 * - `value:enum.old:enum.new`, or shorter `value:enum.old:new`, renames a value of an enum;
 * - `table:`, `column:`, `index:` or `constraint:` in front says which is meant: `index:old:new`;
 * - a name that holds a dot, a colon or a quote is written in double quotes: `"odd.name":plain`.
 *
 * @throws DiffError (renameMalformed)
 */
export function parseRename(answer: string): Rename {
  const { kind, oldTable, from, newTable, to } = ANSWER.exec(answer)?.groups ?? {};
  if (from === undefined || to === undefined) {
    throw diffErrors.renameMalformed({ answer, problem: "It is not of the form old:new or table.old:table.new." });
  }
  const table = newTable ?? oldTable;
  if (newTable !== undefined && oldTable === undefined) {
    throw diffErrors.renameMalformed({
      answer,
      problem: `Left of the colon stands no table, and right of it ${newTable}.`,
    });
  }
  return {
    // The pattern lets no other words stand there.
    ...(kind !== undefined && { kind: kind as RenameKind }),
    ...(table !== undefined && { table: unquote(table) }),
    from: unquote(from),
    to: unquote(to),
  };
}

function quote(name: string): string {
  return /[".:]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The answer that {@link parseRename} reads as this rename. */
export function formatRename({ kind, table, from, to }: Rename): string {
  // Tables and columns are what is looked for first.
  const prefix = kind === "index" || kind === "constraint" || kind === "value" ? `${kind}:` : "";
  const owner = table === undefined ? "" : `${quote(table)}.`;
  return `${prefix}${owner}${quote(from)}:${owner}${quote(to)}`;
}

/** The flag of the command line that gives an answer, ready for a shell. */
export function formatRenameFlag(answer: string): string {
  const isPlain = /^[\w.:-]+$/.test(answer);
  return `--rename ${isPlain ? answer : `'${answer.replaceAll("'", "'\\''")}'`}`;
}
