import type { Column } from "../../../schema/model/column.ts";
import type { Constraint, PrimaryKey } from "../../../schema/model/constraint.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findSpelling } from "./find-spelling.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { parseColumn } from "./parse-column.ts";
import { parseCreate } from "./parse-create.ts";
import { parseTableConstraint } from "./parse-table-constraint.ts";
import { quoteStrings } from "./quote-strings.ts";
import { sqliteOptions } from "./sqlite-options.ts";
import type { TableDraft } from "./table-draft.ts";
import { TokenReader } from "./token-reader.ts";

/**
 * Reads CREATE TABLE, as stored in `sqlite_schema` or written by hand, into the schema model; without its indexes.
 *
 * - Constraints of columns become constraints of the table, in textual order.
 * - Names in constraints get the spelling of the column that they mean.
 * - A column that can't hold NULL because of what it is (the rowid, a key of a STRICT or WITHOUT ROWID table) is not nullable, whether it
 *   says so or not; of the rowid an option keeps whether it did.
 *
 * @throws ConnectionError (unreadableSql) for anything that SQLite would not take either, and for CREATE TABLE ... AS
 */
export function parseCreateTable(sql: string): Table {
  const reader = new TokenReader(sql);
  const { name } = parseCreate(reader, "TABLE");
  const draft: TableDraft = { columns: [], constraints: [] };
  reader.expectSymbol("(");
  parseBody(reader, draft);
  reader.expectSymbol(")");
  const options = parseTableOptions(reader);
  reader.expectEnd();
  const names = draft.columns.map((column) => column.name);
  const constraints = draft.constraints
    .map((constraint) => settleConstraint(constraint, names))
    .map((constraint) => (isRowid(constraint, draft.columns, options) ? omitTermSuffixes(constraint) : constraint));
  const required = listRequired(constraints, draft.columns, options);
  const rowid = constraints.find((constraint) => isRowid(constraint, draft.columns, options))?.columns[0];
  const columns = draft.columns
    .map((column) => (column.name === rowid ? settleRowid(column) : column))
    .map((column) => settleColumn(column, required, names));
  return omitUndefined<Table>({ name, columns, constraints, indexes: [], options: sqliteOptions({ ...options }) });
}

/** Columns, then constraints; SQLite lets the commas between constraints be left out. */
function parseBody(reader: TokenReader, draft: TableDraft): void {
  do {
    if (isAtTableConstraint(reader) && draft.columns.length > 0) break;
    parseColumn(reader, draft);
  } while (reader.acceptSymbol(","));
  while (parseTableConstraint(reader, draft)) reader.acceptSymbol(",");
}

function isAtTableConstraint(reader: TokenReader): boolean {
  return (
    reader.isAt("CONSTRAINT") ||
    reader.isAt("PRIMARY", "KEY") ||
    reader.isAt("UNIQUE") ||
    reader.isAt("CHECK") ||
    reader.isAt("FOREIGN", "KEY")
  );
}

interface Options {
  readonly strict: true | undefined;
  readonly withoutRowid: true | undefined;
}

function parseTableOptions(reader: TokenReader): Options {
  let strict: true | undefined;
  let withoutRowid: true | undefined;
  while (reader.isAtName()) {
    if (reader.accept("STRICT")) strict = true;
    else if (reader.accept("WITHOUT", "ROWID")) withoutRowid = true;
    else throw reader.failure("STRICT or WITHOUT ROWID");
    if (!reader.acceptSymbol(",")) break;
  }
  return { strict, withoutRowid };
}

/** Gives the names in a constraint the spelling of the columns they mean. */
function settleConstraint(constraint: Constraint, names: readonly string[]): Constraint {
  if (constraint.kind === "check") return { ...constraint, expression: quoteStrings(constraint.expression, names) };
  return { ...constraint, columns: constraint.columns.map((column) => findSpelling(names, column)) };
}

/** Keeps that the rowid says NOT NULL, which from here on cannot be told from its being so anyway. */
function settleRowid(column: Column): Column {
  if (column.nullable) return column;
  return { ...column, options: { sqlite: { ...column.options?.["sqlite"], notNull: true } } };
}

function settleColumn(column: Column, required: ReadonlySet<string>, names: readonly string[]): Column {
  const nullable = column.nullable && !required.has(column.name);
  if (column.generated === undefined) return { ...column, nullable };
  const expression = quoteStrings(column.generated.expression, names);
  return { ...column, nullable, generated: { ...column.generated, expression } };
}

/** Columns of the primary key that can't be NULL although they don't say NOT NULL. */
function listRequired(
  constraints: readonly Constraint[],
  columns: readonly Column[],
  options: Options,
): ReadonlySet<string> {
  const key = constraints.find((constraint) => constraint.kind === "primaryKey");
  if (key === undefined) return new Set();
  const isRequired = options.strict === true || options.withoutRowid === true || isRowid(key, columns, options);
  return new Set(isRequired ? key.columns : []);
}

/** https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key */
function isRowid(key: Constraint, columns: readonly Column[], options: Options): key is PrimaryKey {
  if (key.kind !== "primaryKey" || key.columns.length !== 1 || options.withoutRowid === true) return false;
  const column = columns.find(({ name }) => name === key.columns[0]);
  return column?.type.kind === "integer" && key.options?.["sqlite"]?.["inline"] !== true;
}

/** There is no index in which the rowid could have an order or a collation, so they mean nothing. */
function omitTermSuffixes(key: PrimaryKey): PrimaryKey {
  const { options, ...rest } = key;
  const { termSuffixes: _meaningless, ...others } = options?.["sqlite"] ?? {};
  return omitUndefined<PrimaryKey>({ ...rest, options: sqliteOptions(others) });
}
