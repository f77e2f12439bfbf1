import type { Column, ColumnDefault, GeneratedColumn } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { CheckConstraint, PrimaryKey, UniqueConstraint } from "../../../schema/model/constraint.ts";
import type { ConflictResolution } from "../options.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { parseColumnType } from "./parse-column-type.ts";
import { parseConflict } from "./parse-conflict.ts";
import { parseDefault } from "./parse-default.ts";
import { parseDeferrable, parseReferences } from "./parse-references.ts";
import { sqliteOptions } from "./sqlite-options.ts";
import { deferLastForeignKey } from "./table-draft.ts";
import type { TableDraft } from "./table-draft.ts";
import type { TokenReader } from "./token-reader.ts";

/** What the clauses behind a column's type have said so far; of a clause that comes twice the last counts. */
interface ColumnDraft {
  readonly name: string;
  readonly type: ColumnType;
  notNull?: { readonly name: string | undefined; readonly conflict: ConflictResolution | undefined };
  default?: { readonly name: string | undefined; readonly value: ColumnDefault | undefined };
  generated?: { readonly name: string | undefined; readonly value: GeneratedColumn };
  collation?: { readonly name: string | undefined; readonly value: string };
  autoIncrement?: boolean;
}

/**
 * Reads one column definition. Its keys, checks and references become constraints of the table, in textual order.
 * https://www.sqlite.org/syntax/column-def.html
 */
export function parseColumn(reader: TokenReader, table: TableDraft): void {
  const column: ColumnDraft = { name: reader.takeName("a column"), type: parseColumnType(reader) };
  for (;;) {
    // A name without a constraint behind it is allowed, and means nothing.
    const name = reader.accept("CONSTRAINT") ? reader.takeName("the name of a constraint") : undefined;
    if (!parseClause(reader, column, name) && !parseConstraint(reader, table, column, name) && name === undefined)
      break;
  }
  table.columns.push(finishColumn(column));
}

function parseClause(reader: TokenReader, column: ColumnDraft, name: string | undefined): boolean {
  if (reader.accept("NOT", "NULL")) {
    column.notNull = { name, conflict: parseConflict(reader) };
  } else if (reader.accept("NULL")) {
    parseConflict(reader);
  } else if (reader.accept("DEFAULT")) {
    column.default = { name, value: parseDefault(reader, column.type) };
  } else if (reader.accept("COLLATE")) {
    column.collation = { name, value: reader.takeName("a collation") };
  } else if (reader.accept("GENERATED", "ALWAYS", "AS") || reader.accept("AS")) {
    column.generated = { name, value: parseGenerated(reader) };
  } else {
    return false;
  }
  return true;
}

function parseGenerated(reader: TokenReader): GeneratedColumn {
  const expression = reader.takeParentheses();
  if (reader.accept("STORED")) return { expression, storage: "stored" };
  reader.accept("VIRTUAL");
  return { expression, storage: "virtual" };
}

function parseConstraint(
  reader: TokenReader,
  table: TableDraft,
  column: ColumnDraft,
  name: string | undefined,
): boolean {
  if (reader.accept("PRIMARY", "KEY")) {
    table.constraints.push(parsePrimaryKey(reader, column, name));
  } else if (reader.accept("UNIQUE")) {
    const options = sqliteOptions({ onConflict: parseConflict(reader) });
    table.constraints.push(omitUndefined<UniqueConstraint>({ kind: "unique", name, columns: [column.name], options }));
  } else if (reader.accept("CHECK")) {
    const expression = reader.takeParentheses();
    table.constraints.push(omitUndefined<CheckConstraint>({ kind: "check", name, expression }));
  } else if (reader.accept("REFERENCES")) {
    table.constraints.push(parseReferences(reader, [column.name], name));
  } else {
    const deferrable = parseDeferrable(reader);
    if (deferrable === undefined) return false;
    deferLastForeignKey(table, deferrable);
  }
  return true;
}

function parsePrimaryKey(reader: TokenReader, column: ColumnDraft, name: string | undefined): PrimaryKey {
  const isDescending = reader.acceptOneOf(["ASC", "DESC"]) === "DESC";
  const onConflict = parseConflict(reader);
  if (reader.accept("AUTOINCREMENT")) column.autoIncrement = true;
  const options = sqliteOptions({
    onConflict,
    termSuffixes: isDescending ? ["DESC"] : undefined,
    // Written at the table, PRIMARY KEY (id DESC) would be the rowid.
    inline: isDescending && column.type.kind === "integer" ? true : undefined,
  });
  return omitUndefined<PrimaryKey>({ kind: "primaryKey", name, columns: [column.name], options });
}

function finishColumn(column: ColumnDraft): Column {
  return omitUndefined<Column>({
    name: column.name,
    type: column.type,
    nullable: column.notNull === undefined,
    default: column.default?.value,
    generated: column.generated?.value,
    autoIncrement: column.autoIncrement,
    collation: column.collation?.value,
    options: sqliteOptions({
      notNullConflict: column.notNull?.conflict,
      notNullName: column.notNull?.name,
      // DEFAULT NULL is no default, and its name is gone with it.
      defaultName: column.default?.value && column.default.name,
      collationName: column.collation?.name,
      generatedName: column.generated?.name,
    }),
  });
}
