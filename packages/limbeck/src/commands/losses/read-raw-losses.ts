import { foldName } from "../../kernel/fold-name.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { findMadeUnlessThere, RawCopies } from "./raw-copies.ts";
import {
  findName,
  NAME_PATTERNS,
  readAlterTable,
  readColumnRenames,
  readTableRenames,
  splitParts,
  strip,
  toKey,
} from "./raw-names.ts";

const { part, name } = NAME_PATTERNS;
const IF_EXISTS = String.raw`(?:IF\s+EXISTS\s+)?`;
const LIST = String.raw`(${name}(?:\s*,\s*${name})*)`;

const DROP_TABLE = new RegExp(String.raw`^DROP\s+TABLE\s+${IF_EXISTS}${LIST}`, "i");
const TRUNCATE = new RegExp(String.raw`^TRUNCATE\s+(?:TABLE\s+)?(?:ONLY\s+)?${LIST}`, "i");
/** Without a condition, which would choose some rows. */
const DELETE_ALL = new RegExp(String.raw`^DELETE\s+FROM\s+(?:ONLY\s+)?(${name})\s*(?:RETURNING\b.*)?$`, "is");
/** With CASCADE everything in it goes too; where a schema means a database, the one in use is not dropped by a revision. */
const DROP_SCHEMA = new RegExp(String.raw`^DROP\s+SCHEMA\s+${IF_EXISTS}${LIST}\s+CASCADE$`, "i");
const DROP_COLUMN = new RegExp(
  String.raw`\bDROP\s+(?:COLUMN\s+)?${IF_EXISTS}(?!(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|DEFAULT|NOT|IDENTITY|EXPRESSION|PARTITION|SYSTEM|PERIOD)\b)(${part})`,
  "gi",
);

/** Whether a statement is worth reading: only then has the schema to be known. */
const mayDestroy = (sql: string): boolean =>
  /^(?:DROP|TRUNCATE|ALTER|DELETE)\b/i.test(sql) && /\b(?:DROP|TRUNCATE|DELETE)\b/i.test(sql);

/** Follows the raw SQL of one revision, and says what of it destroys rows or values. */
export class RawLosses {
  readonly #copies = new RawCopies();
  /** What tables, and columns of tables, were called before they were renamed. */
  readonly #former = new Map<string, string>();

  /** What goes with a table that an operation drops. */
  listLostWith(table: Table): readonly LostData[] {
    return this.#copies.listLostOfModel(table);
  }

  /**
   * The rows and values that a statement destroys: what it drops, and what it empties. What a condition of DELETE chooses is what the author of the revision
   * has thought about, and is not looked for.
   *
   * @param readSchema gives what is there before the statements that are run together with it; what that does not have is not lost
   */
  async read(statement: string, readSchema: () => Promise<Schema>): Promise<readonly LostData[]> {
    const sql = strip(statement);
    const lost = mayDestroy(sql) ? this.#list(sql, await readSchema()) : [];
    // Nothing is copied into a table that is there, from an earlier time for example.
    const made = findMadeUnlessThere(sql);
    const isThere = made !== undefined && this.#findTable(made, (await readSchema()).tables) !== undefined;
    if (!isThere) this.#note(sql);
    return lost;
  }

  #list(sql: string, { tables }: Schema): readonly LostData[] {
    const [, emptied] =
      [DROP_TABLE, TRUNCATE, DELETE_ALL].map((one) => one.exec(sql)).find((one) => one !== null) ?? [];
    if (emptied !== undefined) {
      const each = emptied.match(new RegExp(name, "g")) ?? [];
      return each.flatMap((named) => {
        const table = this.#findTable(named, tables);
        return table ? this.#copies.listLost(named, table) : [];
      });
    }
    const [, schemas = ""] = DROP_SCHEMA.exec(sql) ?? [];
    if (schemas !== "") return this.#listSchemas(splitParts(schemas).map(foldName), tables);
    const altered = readAlterTable(sql);
    const table = altered && this.#findTable(altered.table, tables);
    return altered && table ? this.#listColumns(altered, table) : [];
  }

  #listSchemas(schemas: readonly string[], tables: readonly Table[]): readonly LostData[] {
    return tables
      .filter((table) => {
        const [schema = "", ...rest] = splitParts(table.name);
        return rest.length > 0 && schemas.includes(foldName(schema));
      })
      .flatMap((table) => this.#copies.listLost(table.name, table));
  }

  #listColumns(
    { table: named, actions }: { readonly table: string; readonly actions: string },
    table: Table,
  ): readonly LostData[] {
    const columns = table.columns.filter(({ generated }) => !generated).map((column) => column.name);
    const find = (column: string): string | undefined => {
      const former = this.#former.get(`${toKey(named)}.${toKey(column)}`);
      return findName(column, columns) ?? (former === undefined ? undefined : findName(former, columns));
    };
    return Array.from(actions.matchAll(DROP_COLUMN), ([, column = ""]) => find(column))
      .filter((column) => column !== undefined)
      .map((column) => ({ table: table.name, column }));
  }

  /** The table that a statement names, also by what it was renamed to a moment ago. */
  #findTable(named: string, tables: readonly Table[]): Table | undefined {
    const names = tables.map((table) => table.name);
    const former = this.#former.get(toKey(named));
    const found = findName(named, names) ?? (former === undefined ? undefined : findName(former, names));
    return tables.find((table) => table.name === found);
  }

  #note(sql: string): void {
    this.#copies.note(sql);
    const [, dropped = ""] = DROP_TABLE.exec(sql) ?? [];
    for (const named of dropped.match(new RegExp(name, "g")) ?? []) this.#copies.forget(named);
    for (const [from, to] of readTableRenames(sql)) this.#rename(toKey(from), toKey(to));
    const { table = "", actions = "" } = readAlterTable(sql) ?? {};
    for (const [from, to] of readColumnRenames(actions)) {
      this.#rename(`${toKey(table)}.${toKey(from)}`, `${toKey(table)}.${toKey(to)}`);
    }
  }

  #rename(from: string, to: string): void {
    this.#former.set(to, this.#former.get(from) ?? from);
  }
}
