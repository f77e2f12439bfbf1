import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import type { Connection } from "../../../dialect/connection.ts";
import type { Introspection, UnmanagedObject } from "../../../dialect/dialect.ts";
import type { CheckConstraint } from "../../../schema/model/constraint.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findCapabilities, type Capabilities } from "../capabilities.ts";
import { buildColumn } from "./build-column.ts";
import { buildIndexes } from "./build-indexes.ts";
import { buildReferences } from "./build-references.ts";
import { buildTableOptions } from "./build-table-options.ts";
import { buildTriggers, buildView, isTriggerShown, isViewShown } from "./build-views.ts";
import type { CatalogueCheck } from "./catalogue/constraints.ts";
import { readCatalogue, type Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueTable } from "./catalogue/tables.ts";
import { parseTableStatement } from "./parse-table-statement.ts";
import { NOT_SHOWN, readObjects } from "./read-objects.ts";
import { createSpelling, stripParentheses, type Spell } from "./spelling.ts";

/** What belongs to each table, by its name. */
function groupByTable<Part extends { readonly table: string }>(
  parts: readonly Part[],
): (table: string) => readonly Part[] {
  const groups = Map.groupBy(parts, ({ table }) => table);
  return (table) => groups.get(table) ?? [];
}

type BuildTable = (table: CatalogueTable) => {
  readonly table: Table;
  readonly unmanaged: readonly UnmanagedObject[];
};

const buildCheck = ({ name, expression }: CatalogueCheck, spell: Spell): CheckConstraint => ({
  kind: "check",
  name,
  expression: stripParentheses(spell(expression)),
});

function prepareTables(catalogue: Catalogue, capabilities: Capabilities, spell: Spell): BuildTable {
  const columnsOf = groupByTable(catalogue.columns);
  const indexesOf = groupByTable(catalogue.indexes);
  const referencesOf = groupByTable(catalogue.references);
  const rulesOf = groupByTable(catalogue.rules);
  const checksOf = groupByTable(catalogue.checks);
  return (found) => {
    const { name, collation, comment } = found;
    const text = catalogue.statements.get(name);
    const statement = text === undefined ? undefined : parseTableStatement(text);
    const { references, unmanaged } = buildReferences(referencesOf(name), rulesOf(name), catalogue.database);
    const { keys, indexes } = buildIndexes(indexesOf(name), references, { spell, statement });
    // A period brings a check of its name along.
    const checks = checksOf(name).filter((check) => check.name !== statement?.period?.name);
    const findCheck = (column: string): string | undefined =>
      checks.find((check) => check.level === "Column" && check.name === column)?.expression;
    const columns = columnsOf(name).map((column) =>
      buildColumn(column, { capabilities, spell, collation, check: findCheck(column.name) }),
    );
    return {
      table: {
        name,
        columns,
        constraints: [
          ...keys,
          ...checks.filter(({ level }) => level === "Table").map((check) => buildCheck(check, spell)),
          ...references,
        ],
        indexes,
        ...(comment !== "" && { comment }),
        ...buildTableOptions(found, statement, catalogue.collation),
      },
      unmanaged,
    };
  };
}

/** What is known of by its name alone. */
function listNamed({ views, triggers }: Catalogue): readonly UnmanagedObject[] {
  return [
    ...views.filter((view) => !isViewShown(view)).map(({ name }) => ({ kind: "view", name })),
    ...triggers.filter((trigger) => !isTriggerShown(trigger)).map(({ name }) => ({ kind: "trigger", name })),
  ].map((object) => ({ ...object, reason: NOT_SHOWN }));
}

/**
 * Reads the current database into the schema model, in a fixed number of queries however many tables there are, and one for each table with partitions or periods, and
 * for each routine, event and sequence. What the model cannot hold is reported, with the statement that makes it where there is one.
 */
export async function introspect(connection: Connection): Promise<Introspection> {
  const capabilities = findCapabilities(connection.serverVersion);
  const catalogue = await readCatalogue(connection, capabilities);
  const spell = createSpelling(catalogue.database);
  const own = catalogue.tables.filter(({ type }) => type === "BASE TABLE" || type === "SYSTEM VERSIONED");
  const tables = own.map(prepareTables(catalogue, capabilities, spell));
  const { objects, sequences, unmanaged } = await readObjects(connection, catalogue);
  const named = listNamed(catalogue);
  const unread = [
    ...[...named, ...unmanaged].filter(({ reason }) => reason === NOT_SHOWN).map(({ kind, name }) => ({ kind, name })),
    ...catalogue.unread,
  ];
  return {
    schema: {
      ...EMPTY_SCHEMA,
      tables: tables.map(({ table }) => table),
      views: catalogue.views.filter(isViewShown).map((view) => buildView(view, spell)),
      triggers: buildTriggers(catalogue, spell),
      sequences,
      objects,
    },
    unmanaged: [...unmanaged, ...tables.flatMap((table) => table.unmanaged), ...named],
    ...(unread.length > 0 && { unread }),
  };
}

/** Whether the current database has a table of that name. */
export async function hasTable(connection: Connection, name: string): Promise<boolean> {
  const sql = `SELECT 1 AS one FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`;
  return (await connection.query(sql, [name])).length > 0;
}
