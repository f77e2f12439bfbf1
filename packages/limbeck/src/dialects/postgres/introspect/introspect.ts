import type { Connection } from "../../../dialect/connection.ts";
import type { Introspection, UnmanagedObject } from "../../../dialect/dialect.ts";
import type { Trigger, View } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { buildColumn } from "./build-column.ts";
import { buildConstraint } from "./build-constraint.ts";
import { buildIndex } from "./build-index.ts";
import { readCatalogue, type Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueRelation } from "./catalogue/relations.ts";
import { describeConstraint, describeIndex, findForeignKind, findUnmanaged, isForeignIndex } from "./find-unmanaged.ts";
import { readParameters } from "./read-parameters.ts";
import { toOptions } from "./to-options.ts";

/** What belongs to each relation, by its OID. */
function groupByRelation<Part extends { readonly relation: number }>(
  parts: readonly Part[],
): (relation: number) => readonly Part[] {
  const groups = Map.groupBy(parts, ({ relation }) => relation);
  return (relation) => groups.get(relation) ?? [];
}

type BuildParts = (relation: CatalogueRelation) => {
  readonly table: Table;
  readonly unmanaged: readonly UnmanagedObject[];
};

function prepareTables({ columns, constraints, indexes }: Catalogue): BuildParts {
  const columnsOf = groupByRelation(columns);
  const constraintsOf = groupByRelation(constraints);
  const indexesOf = groupByRelation(indexes);
  return ({ oid, name, unlogged, parameters, comment }) => {
    const built = constraintsOf(oid).map((found) => [found, buildConstraint(found)] as const);
    const foreign = indexesOf(oid).filter(isForeignIndex);
    return {
      table: {
        name,
        columns: columnsOf(oid).map(buildColumn),
        constraints: built.flatMap(([, constraint]) => constraint ?? []),
        indexes: indexesOf(oid)
          .filter((index) => !isForeignIndex(index))
          .map(buildIndex),
        ...(comment !== null && { comment }),
        ...toOptions<"table">({ ...(unlogged && { unlogged: true }), ...readParameters(parameters) }),
      },
      unmanaged: [
        ...built.flatMap(([found, constraint]) => (constraint ? [] : [describeConstraint(found, name)])),
        ...foreign.map((index) => describeIndex(index, name)),
      ],
    };
  };
}

function buildView({ name, definition }: CatalogueRelation): View {
  return { name, definition: (definition ?? "").trim().replace(/;$/, "") };
}

interface FoundTriggers {
  readonly triggers: readonly Trigger[];
  readonly unmanaged: readonly UnmanagedObject[];
}

function buildTriggers({ triggers, relations }: Catalogue, owners: ReadonlySet<string>): FoundTriggers {
  const names = new Map(relations.map(({ oid, name }) => [oid, name]));
  const built = triggers.map(({ relation, name, definition, enabled }) => {
    const trigger = { name, table: names.get(relation) ?? "", definition };
    return { trigger, isKnown: enabled === "O" && owners.has(trigger.table), isSwitched: enabled !== "O" };
  });
  return {
    triggers: built.flatMap(({ trigger, isKnown }) => (isKnown ? trigger : [])),
    unmanaged: built
      .filter(({ isKnown }) => !isKnown)
      .map(({ trigger, isSwitched }) => ({
        kind: "trigger",
        name: `${trigger.name} on ${trigger.table}`,
        reason: isSwitched
          ? "it is switched off, or on for replicas"
          : `${trigger.table}, which it belongs to, is unmanaged`,
        ...(!isSwitched && { definition: trigger.definition }),
      })),
  };
}

/**
 * Reads the current schema, the first of the search path, into the schema model, in one query. What belongs to extensions is passed over; what the model
 * cannot hold is reported, with the statement that makes it where there is one.
 */
export async function introspect(connection: Connection): Promise<Introspection> {
  const catalogue = await readCatalogue(connection);
  const managed = catalogue.relations.filter((relation) => findForeignKind(relation) === undefined);
  const build = prepareTables(catalogue);
  const tables = managed.filter(({ kind }) => kind === "r").map(build);
  const views = managed.filter(({ kind }) => kind === "v").map(buildView);
  const owners = new Set([...tables.map(({ table }) => table.name), ...views.map(({ name }) => name)]);
  const { triggers, unmanaged } = buildTriggers(catalogue, owners);
  return {
    schema: { tables: tables.map(({ table }) => table), views, triggers },
    unmanaged: [...findUnmanaged(catalogue), ...tables.flatMap((table) => table.unmanaged), ...unmanaged],
  };
}

/** Whether the current schema has a table of that name. */
export async function hasTable(connection: Connection, name: string): Promise<boolean> {
  const sql =
    "SELECT 1 FROM pg_class WHERE relname = $1 AND relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')";
  return (await connection.query(sql, [name])).length > 0;
}
