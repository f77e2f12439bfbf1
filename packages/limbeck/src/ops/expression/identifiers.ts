/**
 * Reads SQL text far enough to tell identifiers from everything else, for the pure operations: they have no parser of any
 * engine. What they make of a text is a good guess; where it matters the text is read again from the database.
 */

type PieceKind = "word" | "quoted" | "text";

interface Piece {
  readonly kind: PieceKind;
  /** As it stands in the SQL. */
  readonly sql: string;
  /** What an identifier names, without its quotes; empty for other text. */
  readonly name: string;
}

// In this order: comments, string and blob literals, quoted identifiers, numbers, words, any other character.
const PIECES =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[xX]?'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*|[\s\S]/gu;

const IS_WORD = /^[\p{L}_]/u;
const IS_BLANK = /^(?:\s|--|\/\*)/;
const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;

/** Words that stand for themselves in an expression; a column by such a name has to be quoted. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "all and any as asc between by case cast check collate column constraint create cross current_date current_time " +
    "current_timestamp default desc distinct else end escape except exists false for foreign from full glob group having in " +
    "index inner insert intersect into is isnull join left like limit match natural not notnull null offset on or order outer " +
    "primary references regexp right select set some table then to true union unique update user using values when where with"
  ).split(" "),
);

function readPiece(sql: string): Piece {
  const first = sql[0];
  if (first === '"' || first === "`") {
    return { kind: "quoted", sql, name: sql.slice(1, -1).replaceAll(first + first, first) };
  }
  if (first === "[") return { kind: "quoted", sql, name: sql.slice(1, -1) };
  return IS_WORD.test(sql) && !sql.endsWith("'") ? { kind: "word", sql, name: sql } : { kind: "text", sql, name: "" };
}

function splitPieces(sql: string): readonly Piece[] {
  return (sql.match(PIECES) ?? []).map(readPiece);
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Whether an identifier of that name, of whatever kind and in any case, occurs in SQL text.
 *
 * @example
 * mentionsIdentifier("price > 0 AND kind <> 'tax'", "tax"); // false
 */
export function mentionsIdentifier(sql: string, name: string): boolean {
  return splitPieces(sql).some((piece) => piece.kind !== "text" && isSame(piece.name, name));
}

/** The pieces around a position that are not blank: what stands before it, and after. */
function findNeighbours(pieces: readonly Piece[], position: number) {
  const isSolid = (piece: Piece): boolean => !IS_BLANK.test(piece.sql);
  const before = pieces.slice(0, position).filter(isSolid);
  return {
    next: pieces.slice(position + 1).find(isSolid)?.sql,
    previous: before.at(-1)?.sql,
    qualifier: before.at(-2)?.name,
  };
}

function isColumn(pieces: readonly Piece[], position: number, table: string): boolean {
  const piece = pieces[position];
  if (!piece || piece.kind === "text") return false;
  if (piece.kind === "word" && RESERVED.has(piece.name.toLowerCase())) return false;
  const { next, previous, qualifier } = findNeighbours(pieces, position);
  if (next === "." || next === "(") return false;
  if (previous === ".") return qualifier !== undefined && isSame(qualifier, table);
  // The words after these name a collation, a type or a part of a table.
  return !["collate", "as", ":", "partition", "subpartition"].includes(previous?.toLowerCase() ?? "");
}

function writeName(piece: Piece, name: string): string {
  if (piece.sql.startsWith("`")) return `\`${name.replaceAll("`", "``")}\``;
  if (piece.sql.startsWith("[")) return `[${name}]`;
  if (piece.kind === "word" && PLAIN_NAME.test(name) && !RESERVED.has(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Gives columns other names in an expression over one table, all at once, so that two columns may trade names.
 *
 * @param table the table whose columns are meant, for `table.column`
 * @param names new names by the old ones
 */
export function renameColumnsInExpression(sql: string, table: string, names: ReadonlyMap<string, string>): string {
  const pieces = splitPieces(sql);
  const find = (piece: Piece): string | undefined => {
    if (piece.kind === "quoted") return names.get(piece.name);
    for (const [from, to] of names) if (isSame(from, piece.name)) return to;
    return undefined;
  };
  return pieces
    .map((piece, position) => {
      const name = piece.kind === "text" ? undefined : find(piece);
      return name !== undefined && isColumn(pieces, position, table) ? writeName(piece, name) : piece.sql;
    })
    .join("");
}

/**
 * SQL text in one spelling: without blanks and comments, and without the case of names and the quotation marks around them. An engine puts such marks into
 * what it keeps when something is renamed.
 *
 * @example
 * foldSpelling('"Price">0'); // "price > 0"
 */
export function foldSpelling(sql: string): string {
  return splitPieces(sql)
    .filter(({ sql: piece }) => !IS_BLANK.test(piece))
    .map(({ kind, sql: piece, name }) => {
      const folded = name.toLowerCase();
      if (kind === "text") return piece;
      // Without its marks such a name would be another word.
      return kind === "quoted" && RESERVED.has(folded) ? `"${folded}"` : folded;
    })
    .join(" ");
}
