const NAME = String.raw`"[^"]+"|\[[^\]]+\]|${"`[^`]+`"}|[\w$]+`;
const MARK = new RegExp(String.raw`@renamed from=(${NAME})`);
const TABLE = new RegExp(String.raw`CREATE TABLE (?:IF NOT EXISTS )?(${NAME})`, "i");
const INDEX = new RegExp(String.raw`CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(${NAME})`, "i");
/** An index in the line of its own that a table has for it. */
const KEY = new RegExp(String.raw`^\s*(?:KEY|INDEX) (${NAME})`, "i");
const COLUMN = new RegExp(String.raw`^\s*(${NAME})`);

const unquote = (name: string): string => name.replaceAll(/^["`[]|["`\]]$/g, "");

const find = (pattern: RegExp, line: string): string | undefined => {
  const name = pattern.exec(line)?.[1];
  return name === undefined ? undefined : unquote(name);
};

/** Something that only has another name. */
export interface Rename {
  readonly kind: "table" | "column" | "index";
  /** Of a column: its table, as it is called in the end. */
  readonly table?: string;
  readonly from: string;
  readonly to: string;
}

/** What comments say about names: `@renamed from=old` in the line of a table, a column or an index. */
export function readRenames(sql: string): readonly Rename[] {
  let table: string | undefined;
  return sql.split("\n").flatMap((line): readonly Rename[] => {
    const created = find(TABLE, line);
    if (created !== undefined) table = created;
    const from = find(MARK, line);
    if (from === undefined) return [];
    // A constraint is known by what it demands: another name needs no answer.
    if (/^\s*(?:CONSTRAINT|UNIQUE (?:KEY|INDEX))\b/i.test(line)) return [];
    const index = find(INDEX, line) ?? find(KEY, line);
    if (index !== undefined) return [{ kind: "index", from, to: index }];
    if (created !== undefined) return [{ kind: "table", from, to: created }];
    const to = find(COLUMN, line);
    return table === undefined || to === undefined ? [] : [{ kind: "column", table, from, to }];
  });
}

/** A rename as `--rename` takes it. */
export function formatRename({ kind, table, from, to }: Rename): string {
  return table === undefined ? `${kind}:${from}:${to}` : `${kind}:${table}.${from}:${table}.${to}`;
}
