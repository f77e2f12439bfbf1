import { foldName } from "../kernel/fold-name.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import type { UnnamedObjects } from "./find-unnamed.ts";

/** How the table is known in which a tool for migrations notes what it ran. */
interface BookkeepingTable {
  readonly name: string;
  readonly tool: string;
  /** Its columns, where others may well call a table so. */
  readonly columns?: readonly string[];
}

/** The tables of other tools for migrations, which would run everything anew if they were gone. This is the one place that knows them. */
const BOOKKEEPING_TABLES: readonly BookkeepingTable[] = Object.freeze([
  { name: "__drizzle_migrations", tool: "Drizzle" },
  { name: "_prisma_migrations", tool: "Prisma" },
  { name: "alembic_version", tool: "Alembic" },
  { name: "atlas_schema_revisions", tool: "Atlas" },
  { name: "databasechangelog", tool: "Liquibase" },
  { name: "databasechangeloglock", tool: "Liquibase" },
  { name: "flyway_schema_history", tool: "Flyway" },
  { name: "goose_db_version", tool: "goose" },
  { name: "knex_migrations", tool: "Knex" },
  { name: "knex_migrations_lock", tool: "Knex" },
  { name: "kysely_migration", tool: "Kysely" },
  { name: "kysely_migration_lock", tool: "Kysely" },
  { name: "migrations", tool: "TypeORM", columns: ["id", "timestamp", "name"] },
  { name: "mikro_orm_migrations", tool: "MikroORM" },
  { name: "pgmigrations", tool: "node-pg-migrate" },
  // Rails, dbmate, golang-migrate and others call it so.
  { name: "schema_migrations", tool: "another migration tool" },
  { name: "SequelizeMeta", tool: "Sequelize" },
]);

/** The name of a table without the schema in front of it. No tool has a dot in the name of its table. */
function ownName(name: string, { namespaceOf }: DiffRules): string {
  return namespaceOf(name) === undefined ? name : name.slice(name.lastIndexOf(".") + 1);
}

/** The tables that foreign keys of others point to: no tool's table is one of them. */
function listTargets({ tables }: Schema): ReadonlySet<string> {
  const keys = tables.flatMap(({ name, constraints }) => constraints.map((constraint) => [name, constraint] as const));
  return new Set(
    keys.flatMap(([name, one]) =>
      one.kind === "foreignKey" && one.references.table !== name ? one.references.table : [],
    ),
  );
}

function recognize(table: Table, targets: ReadonlySet<string>, rules: DiffRules): string | undefined {
  if (targets.has(table.name)) return undefined;
  // Servers that fold the names of tables fold those of tools too.
  const name = foldName(ownName(table.name, rules));
  const known = BOOKKEEPING_TABLES.find((one) => foldName(one.name) === name);
  if (!known) return undefined;
  const columns = new Set(table.columns.map((column) => column.name));
  return known.columns?.every((column) => columns.has(column)) === false ? undefined : known.tool;
}

/**
 * Finds the tables in which other migration tools note what they ran.
 *
 * @param target what is wanted; a table that it names is like any other
 * @returns the tool of each, by the name of the table
 */
export function findBookkeeping(current: Schema, target: Schema, rules: DiffRules): ReadonlyMap<string, string> {
  const key = (name: string): string => (rules.foldTableNames ? foldName(name) : name);
  const named = new Set([...target.tables, ...target.views].map(({ name }) => key(name)));
  const targets = listTargets(current);
  const found = new Map<string, string>();
  for (const table of current.tables) {
    const tool = named.has(key(table.name)) ? undefined : recognize(table, targets, rules);
    if (tool !== undefined) found.set(table.name, tool);
  }
  return found;
}

/** The tables of other tools with what belongs to them, to be left alone with what is left alone anyway. */
export function leaveBookkeepingAlone(
  current: Schema,
  unnamed: UnnamedObjects,
  bookkeeping: ReadonlyMap<string, string>,
  { namespaceOf }: DiffRules,
): UnnamedObjects {
  if (bookkeeping.size === 0) return unnamed;
  const namespaces = new Set([...bookkeeping.keys()].map((name) => namespaceOf(name)));
  const triggers = current.triggers.filter(({ table }) => bookkeeping.has(table));
  const objects = current.objects.filter(
    ({ name, table }) => namespaces.has(name) || (table !== undefined && bookkeeping.has(table)),
  );
  const isNew = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
    !unnamed.objects.some((one) => one.kind === kind && one.name === name);
  return {
    ...unnamed,
    tables: [...new Set([...unnamed.tables, ...bookkeeping.keys()])],
    triggers: [
      ...unnamed.triggers,
      ...triggers
        .filter(({ name, table }) => !unnamed.triggers.some((one) => one.name === name && one.table === table))
        .map(({ name, table }) => ({ name, table })),
    ],
    objects: [...unnamed.objects, ...objects.filter(isNew).map(({ kind, name }) => ({ kind, name }))],
  };
}

/** A schema without the tables of other tools. */
export function withoutBookkeeping(schema: Schema, rules: DiffRules): Schema {
  const targets = listTargets(schema);
  return { ...schema, tables: schema.tables.filter((table) => recognize(table, targets, rules) === undefined) };
}
