import type { Connection } from "../../../dialect/connection.ts";
import type { Introspection, IntrospectionScope, UnmanagedObject } from "../../../dialect/dialect.ts";
import type { Trigger, View } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { buildColumn } from "./build-column.ts";
import { buildConstraint } from "./build-constraint.ts";
import { buildIndex } from "./build-index.ts";
import { readCatalogue, type Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueRelation } from "./catalogue/relations.ts";
import { describeIndex, findForeignKind, findUnmanaged } from "./find-unmanaged.ts";
import { readInherited } from "./read-inherited.ts";
import { splitName } from "../names.ts";
import { buildObjects, buildSequence } from "./build-objects.ts";
import { readTableOptions } from "./read-table-options.ts";
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

function prepareTables({ relations, columns, constraints, indexes }: Catalogue): BuildParts {
  const oids = new Map(relations.map(({ oid, name }) => [name, oid]));
  const columnsOf = groupByRelation(columns);
  const constraintsOf = groupByRelation(constraints);
  const indexesOf = groupByRelation(indexes);
  return (relation) => {
    const { oid, name, comment, parents } = relation;
    const all = columnsOf(oid);
    const parentColumns = (parents ?? []).flatMap((parent) => columnsOf(oids.get(parent) ?? 0));
    // What a table has from its parents is theirs.
    const [inherited, own] = [all.filter((one) => one.inherited), all.filter((one) => !one.inherited)];
    return {
      table: {
        name,
        columns: own.map(buildColumn),
        constraints: constraintsOf(oid).flatMap((found) => buildConstraint(found) ?? []),
        indexes: indexesOf(oid)
          .filter(({ valid }) => valid)
          .map(buildIndex),
        ...(comment !== null && { comment }),
        ...toOptions<"table">({ ...readTableOptions(relation), ...readInherited(inherited, parentColumns) }),
      },
      unmanaged: indexesOf(oid)
        .filter(({ valid }) => !valid)
        .map((index) => describeIndex(index, name)),
    };
  };
}

function buildView({ name, definition, parameters, defaults }: CatalogueRelation): View {
  return {
    name,
    definition: (definition ?? "").trim().replace(/;$/, ""),
    ...toOptions<"view">({ ...readParameters(parameters), ...(defaults && { defaults }) }),
  };
}

interface FoundTriggers {
  readonly triggers: readonly Trigger[];
  readonly unmanaged: readonly UnmanagedObject[];
}

function buildTriggers({ triggers, relations }: Catalogue, owners: ReadonlySet<string>): FoundTriggers {
  const names = new Map(relations.map(({ oid, name }) => [oid, name]));
  const built = triggers.map(({ relation, name, definition }) => ({
    name,
    table: names.get(relation) ?? "",
    definition,
  }));
  return {
    triggers: built.filter(({ table }) => owners.has(table)),
    unmanaged: built
      .filter(({ table }) => !owners.has(table))
      .map(({ name, table, definition }) => ({
        kind: "trigger",
        name: `${name} on ${table}`,
        reason: `${table}, which it belongs to, is unmanaged`,
        definition,
      })),
  };
}

/**
 * Reads all schemas into the schema model, in one query. What is in the first one of the search path has a plain name, what is in others has theirs in front. What
 * belongs to extensions is passed over; what the model cannot hold is reported.
 *
 * @param scope "own" reads the first one alone
 */
export async function introspect(connection: Connection, scope: IntrospectionScope = "all"): Promise<Introspection> {
  const catalogue = await readCatalogue(connection, scope);
  const managed = catalogue.relations.filter((relation) => findForeignKind(relation) === undefined);
  const build = prepareTables(catalogue);
  const tables = managed.filter(({ kind }) => kind !== "v").map(build);
  const views = managed.filter(({ kind }) => kind === "v").map(buildView);
  const owners = new Set([...tables.map(({ table }) => table.name), ...views.map(({ name }) => name)]);
  const { triggers, unmanaged } = buildTriggers(catalogue, owners);
  return {
    schema: {
      tables: tables.map(({ table }) => table),
      views,
      triggers,
      enums: catalogue.enums,
      sequences: catalogue.sequences.map(buildSequence),
      objects: buildObjects(catalogue),
    },
    unmanaged: [...findUnmanaged(catalogue), ...tables.flatMap((table) => table.unmanaged), ...unmanaged],
  };
}

/** A table of the database by its name; one whose rules are gone may still be said to have some. */
export async function findTable(
  connection: Connection,
  name: string,
): Promise<{ readonly hasRules: boolean } | undefined> {
  const { schema = null, name: own } = splitName(name);
  const sql = `SELECT c.relhasrules AS "hasRules" FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relname = $1 AND n.nspname = coalesce($2, current_schema()) AND c.relkind IN ('r', 'p')`;
  const [row] = await connection.query(sql, [own, schema]);
  return row && { hasRules: row["hasRules"] === true };
}

/** Whether the database has a table of that name. */
export async function hasTable(connection: Connection, name: string): Promise<boolean> {
  return (await findTable(connection, name)) !== undefined;
}
