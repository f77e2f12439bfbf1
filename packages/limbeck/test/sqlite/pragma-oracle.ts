import type { DatabaseSync } from "node:sqlite";
import type { Column } from "../../src/schema/model/column.ts";
import type { ColumnType } from "../../src/schema/model/column-type.ts";
import type { Constraint, ForeignKey } from "../../src/schema/model/constraint.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import type { Table } from "../../src/schema/model/table.ts";
import type { TableIndex } from "../../src/schema/model/table-index.ts";

type PragmaRow = Readonly<Record<string, string | number | null>>;

/**
 * Compares a schema with what SQLite's own PRAGMAs say about the database: an opinion on the introspection that shares no
 * code with it, since that one reads the text of the statements.
 *
 * @returns what differs, in words; empty when nothing does
 */
export function compareWithPragmas(database: DatabaseSync, schema: Schema): readonly string[] {
  const list = (sql: string, ...values: readonly string[]): readonly PragmaRow[] =>
    database.prepare(sql).all(...values) as unknown as readonly PragmaRow[];
  const differences: string[] = [];
  const expectEqual = (what: string, actual: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) differences.push(`${what}: read ${a}, but the engine says ${b}`);
  };
  const objects = (type: string): readonly unknown[] =>
    list(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      type,
    ).map(({ name }) => name);
  expectEqual("tables", sorted(schema.tables), objects("table"));
  expectEqual("views", sorted(schema.views), objects("view"));
  const triggers = list("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").map(({ name }) => name);
  expectEqual("triggers", sorted(schema.triggers), triggers);
  for (const table of schema.tables) {
    const { name } = table;
    const options = list("SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?", name)[0];
    expectEqual(`${name} options`, readOptions(table), { wr: options?.["wr"], strict: options?.["strict"] });
    const columns = list("SELECT * FROM pragma_table_xinfo(?)", name);
    // The rowid is the one primary key without an index.
    const hasRowid = list("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'", name).length === 0;
    expectEqual(
      `${name} columns`,
      table.columns.map((column) => describeColumn(column, table)),
      columns.map((row) => describeRow(row, hasRowid && row["pk"] === 1)),
    );
    for (const [index, column] of table.columns.entries()) {
      const mismatch = compareDefault(database, column, columns[index]?.["dflt_value"] ?? null);
      if (mismatch !== undefined) differences.push(`${name}.${column.name} default: ${mismatch}`);
    }
    expectEqual(
      `${name} foreign keys`,
      describeForeignKeys(table),
      describeKeyRows(list("SELECT * FROM pragma_foreign_key_list(?)", name)),
    );
    compareIndexes(table, list, expectEqual);
  }
  return differences;
}

function sorted(objects: readonly { readonly name: string }[]): readonly string[] {
  // Compared as bytes of UTF-8, as SQLite does.
  return objects.map(({ name }) => name).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function readOptions({ options }: Table): { readonly wr: number; readonly strict: number } {
  const sqlite = options?.["sqlite"] ?? {};
  return { wr: sqlite["withoutRowid"] === true ? 1 : 0, strict: sqlite["strict"] === true ? 1 : 0 };
}

const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Comments and white space in a type are kept by SQLite and not by us; quotes around all of it are not kept by SQLite. */
function normalizeType(type: string): string {
  const quoted = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|\[([^\]]*)\])$/.exec(type);
  const text = quoted?.slice(1).find((part) => part !== undefined) ?? type;
  return lower(text.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, " "))
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([(),]) ?/g, "$1")
    .trim();
}

function findKey(table: Table): Extract<Constraint, { kind: "primaryKey" }> | undefined {
  return table.constraints.find((constraint) => constraint.kind === "primaryKey");
}

function isRowid(column: Column, table: Table): boolean {
  const key = findKey(table);
  return (
    key?.columns.length === 1 &&
    key.columns[0] === column.name &&
    column.type.kind === "integer" &&
    table.options?.["sqlite"]?.["withoutRowid"] !== true &&
    key.options?.["sqlite"]?.["inline"] !== true
  );
}

function describeColumn(column: Column, table: Table): unknown {
  const hidden = { virtual: 2, stored: 3 };
  return {
    name: column.name,
    type: normalizeType(writeType(column.type)),
    notnull: column.nullable || isRowid(column, table) ? 0 : 1,
    pk: (findKey(table)?.columns.indexOf(column.name) ?? -1) + 1,
    hidden: column.generated === undefined ? 0 : hidden[column.generated.storage],
  };
}

/** @param isRowidColumn the rowid is never NULL, whether it says so or not, so the model has no nullable rowid */
function describeRow(row: PragmaRow, isRowidColumn: boolean): unknown {
  return {
    name: row["name"],
    type: normalizeType(String(row["type"])),
    notnull: isRowidColumn ? 0 : row["notnull"],
    pk: row["pk"],
    hidden: row["hidden"],
  };
}

/** Lets SQLite evaluate both defaults in a column of the type; those that give something else each time are compared as text. */
function compareDefault(database: DatabaseSync, column: Column, value: string | number | null): string | undefined {
  if (column.generated !== undefined) return undefined;
  const text = value === null ? "NULL" : String(value);
  const mine = renderDefault(database, column);
  if (/current_|'now'|random/i.test(text)) {
    return normalize(mine) === normalize(text) ? undefined : `${mine}, but the engine says ${text}`;
  }
  const type = writeType(column.type);
  const a = evaluate(database, type, `(${mine})`);
  const b = evaluate(database, type, `(${text})`) ?? evaluate(database, type, text);
  return a !== undefined && a === b ? undefined : `${mine} gives ${a}, ${text} gives ${b}`;
}

const normalize = (expression: string): string => lower(expression.replaceAll(/\s+/g, ""));

/** The words of the types that are not called what they are, written down here once more. */
function writeType(type: ColumnType): string {
  switch (type.kind) {
    case "varchar":
    case "char":
      return `${type.kind}(${type.length})`;
    case "decimal":
      return `${type.precision <= 15 ? "decimal" : "decimal_text"}(${type.precision},${type.scale})`;
    case "timestamp":
      return `timestamp${type.timezone ? " with time zone" : ""}`;
    case "bytes":
      return "blob";
    case "raw":
      return type.sql;
    default:
      return type.kind;
  }
}

/** A value as SQLite's quote() writes it. */
function writeLiteral(database: DatabaseSync, value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  const isBindable = typeof value === "string" || typeof value === "number" || typeof value === "bigint";
  // A whole number is bound as one, or it would come back as 1.0.
  const bound =
    typeof value === "number" && Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
  const parameter = isBindable ? (bound as string | number | bigint) : value === null ? null : JSON.stringify(value);
  return String(database.prepare("SELECT quote(?) AS value").get(parameter)?.["value"]);
}

/** What "now" means in columns of each type, written down here once more. */
const NOW: Readonly<Record<string, string>> = {
  date: "date('now')",
  time: "time('now')",
};

function renderDefault(database: DatabaseSync, { type, default: value }: Column): string {
  if (value === undefined) return "NULL";
  if (value.kind === "expression") return value.sql;
  if (value.kind === "value") {
    return writeLiteral(database, type.kind === "json" ? JSON.stringify(value.value) : value.value);
  }
  return NOW[type.kind] ?? "strftime('%Y-%m-%dT%H:%M:%fZ','now')";
}

function evaluate(database: DatabaseSync, type: string, expression: string): string | undefined {
  try {
    database.exec("DROP TABLE IF EXISTS temp.oracle_default");
    database.exec(`CREATE TEMP TABLE oracle_default (a, v ${type} DEFAULT ${expression}\n)`);
    database.exec("INSERT INTO temp.oracle_default (a) VALUES (1)");
    // JSON is compared without its white space.
    const value = type.toUpperCase() === "JSON" ? "iif(json_valid(v), json(v), v)" : "v";
    const row = database.prepare(`SELECT typeof(v) || ' ' || quote(${value}) AS v FROM temp.oracle_default`).get();
    return String(row?.["v"]);
  } catch {
    return undefined;
  } finally {
    database.exec("DROP TABLE IF EXISTS temp.oracle_default");
  }
}

function describeForeignKeys(table: Table): unknown {
  return table.constraints
    .filter((constraint): constraint is ForeignKey => constraint.kind === "foreignKey")
    .map((key) => ({
      table: lower(key.references.table),
      from: key.columns,
      to:
        key.references.columns.length === 0
          ? key.columns.map(() => null)
          : key.references.columns.map((name) => lower(name)),
      onDelete: key.onDelete ?? "no action",
      onUpdate: key.onUpdate ?? "no action",
    }));
}

function describeKeyRows(rows: readonly PragmaRow[]): unknown {
  const keys = Map.groupBy(rows, ({ id }) => Number(id));
  // SQLite numbers them from the last to the first.
  return [...keys.keys()]
    .toSorted((a, b) => b - a)
    .map((id) => {
      const parts = (keys.get(id) ?? []).toSorted((a, b) => Number(a["seq"]) - Number(b["seq"]));
      return {
        table: lower(String(parts[0]?.["table"])),
        from: parts.map(({ from }) => from),
        to: parts.map(({ to }) => (typeof to === "string" ? lower(to) : to)),
        onDelete: lower(String(parts[0]?.["on_delete"])),
        onUpdate: lower(String(parts[0]?.["on_update"])),
      };
    });
}

type List = (sql: string, ...values: readonly string[]) => readonly PragmaRow[];
type ExpectEqual = (what: string, actual: unknown, expected: unknown) => void;

interface IndexPartDescription {
  readonly column: string | null;
  readonly desc: number;
  readonly collation: string;
}

function compareIndexes(table: Table, list: List, expectEqual: ExpectEqual): void {
  const rows = list("SELECT * FROM pragma_index_list(?)", table.name).toReversed();
  const readParts = (index: PragmaRow): readonly IndexPartDescription[] =>
    list("SELECT * FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno", String(index["name"])).map((part) => ({
      column: part["name"] === null ? null : String(part["name"]),
      desc: Number(part["desc"]),
      collation: lower(String(part["coll"])),
    }));
  const created = rows.filter(({ origin }) => origin === "c");
  expectEqual(
    `${table.name} indexes`,
    table.indexes.map((index) => describeIndex(index, table)),
    created
      .map((row) => ({ name: row["name"], unique: row["unique"], partial: row["partial"], parts: readParts(row) }))
      .toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
  );
  // For keys that differ in their order only, or not at all, SQLite makes one index, that of the first.
  const keys = rows.filter(({ origin }) => origin !== "c").map((row) => JSON.stringify(readParts(row)));
  expectEqual(`${table.name} keys`, describeKeys(table).toSorted(), keys.toSorted());
}

function describeIndex(index: TableIndex, table: Table): unknown {
  const parts = index.parts.map(({ column, collation, order }) => ({
    column: column ?? null,
    desc: order === "desc" ? 1 : 0,
    collation: lower(collation ?? collationOf(table, column)),
  }));
  return { name: index.name, unique: index.unique ? 1 : 0, partial: index.where === undefined ? 0 : 1, parts };
}

function collationOf(table: Table, column: string | undefined): string {
  return table.columns.find(({ name }) => name === column)?.collation ?? "binary";
}

function describeKeys(table: Table): readonly string[] {
  const keys = table.constraints.flatMap((constraint): readonly (readonly IndexPartDescription[])[] => {
    if (constraint.kind !== "unique" && constraint.kind !== "primaryKey") return [];
    const column = table.columns.find(({ name }) => name === constraint.columns[0]);
    if (constraint.kind === "primaryKey" && column !== undefined && isRowid(column, table)) return [];
    const suffixes = constraint.options?.["sqlite"]?.["termSuffixes"] as readonly string[] | undefined;
    return [
      constraint.columns.map((name, index) => {
        const suffix = suffixes?.[index] ?? "";
        const collation = /COLLATE "?(\w+)/.exec(suffix)?.[1] ?? collationOf(table, name);
        return { column: name, desc: suffix.endsWith("DESC") ? 1 : 0, collation: lower(collation) };
      }),
    ];
  });
  const withoutOrder = (parts: readonly IndexPartDescription[]): string =>
    JSON.stringify(parts.map(({ column, collation }) => [column, collation]));
  const first = new Map(keys.toReversed().map((parts) => [withoutOrder(parts), JSON.stringify(parts)]));
  return [...first.values()];
}
