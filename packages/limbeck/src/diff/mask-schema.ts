import type { Column } from "../schema/model/column.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { Schema, Trigger, View } from "../schema/model/schema.ts";
import type { TableIndex } from "../schema/model/table-index.ts";
import type { Table } from "../schema/model/table.ts";

/** Something that two schemas may differ in. */
export type ComparedObject =
  | { readonly kind: "table"; readonly name: string; readonly object: Table }
  | { readonly kind: "column"; readonly name: string; readonly table: string; readonly object: Column }
  | {
      readonly kind: "constraint";
      /** Undefined where it has none. */
      readonly name: string | undefined;
      readonly table: string;
      readonly object: Constraint;
    }
  | { readonly kind: "index"; readonly name: string; readonly table: string; readonly object: TableIndex }
  | { readonly kind: "view"; readonly name: string; readonly object: View }
  | { readonly kind: "trigger"; readonly name: string; readonly table: string; readonly object: Trigger };

/** What a mask hides of an object: which side of the comparison has it decides. */
export type IncludeCompared = (compared: ComparedObject, side: "found" | "wanted") => boolean;

/** A target that says nothing of what is hidden, and what that was. */
export interface MaskedTarget {
  readonly target: Schema;
  /** What is there and was hidden, each once. */
  readonly hidden: readonly Pick<ComparedObject, "kind" | "name">[];
}

/** How parts of one kind are told apart and asked about. */
interface PartRules<Part> {
  readonly found: readonly Part[];
  readonly wanted: readonly Part[];
  readonly describe: (part: Part) => ComparedObject;
}

/** By what a part is found again on the other side: a table has one primary key, whatever it is called. */
function keyOf(compared: ComparedObject): string | undefined {
  const isPrimaryKey = compared.kind === "constraint" && compared.object.kind === "primaryKey";
  return isPrimaryKey ? "primary key" : compared.name;
}

/** The wanted parts, with those that are hidden as they are found: then nothing is to be done about them. */
function maskParts<Part>({ found, wanted, describe }: PartRules<Part>, include: IncludeCompared) {
  const isHidden = (part: Part, side: "found" | "wanted"): boolean => !include(describe(part), side);
  const kept = found.filter((part) => isHidden(part, "found"));
  const keys = new Set(kept.map((part) => keyOf(describe(part))));
  const isTaken = (part: Part): boolean => {
    const key = keyOf(describe(part));
    return key !== undefined && keys.has(key);
  };
  return {
    parts: [...wanted.filter((part) => !isHidden(part, "wanted") && !isTaken(part)), ...kept],
    hidden: kept.map(describe),
  };
}

function maskTable(found: Table, wanted: Table, include: IncludeCompared) {
  const table = wanted.name;
  const columns = maskParts(
    {
      found: found.columns,
      wanted: wanted.columns,
      describe: (object) => ({ kind: "column", name: object.name, table, object }),
    },
    include,
  );
  const constraints = maskParts(
    {
      found: found.constraints,
      wanted: wanted.constraints,
      describe: (object) => ({ kind: "constraint", name: object.name, table, object }),
    },
    include,
  );
  const indexes = maskParts(
    {
      found: found.indexes,
      wanted: wanted.indexes,
      describe: (object) => ({ kind: "index", name: object.name, table, object }),
    },
    include,
  );
  return {
    table: { ...wanted, columns: columns.parts, constraints: constraints.parts, indexes: indexes.parts },
    hidden: [...columns.hidden, ...constraints.hidden, ...indexes.hidden],
  };
}

/**
 * Takes what is to be left alone out of a comparison: what is hidden and there is wanted as it is there, and what is hidden and not there is not wanted.
 * So the target stays one that can be built.
 *
 * @param include whether something takes part
 */
export function maskSchema(found: Schema, wanted: Schema, include: IncludeCompared): MaskedTarget {
  const tables = maskParts(
    {
      found: found.tables,
      wanted: wanted.tables,
      describe: (object) => ({ kind: "table", name: object.name, object }),
    },
    include,
  );
  const views = maskParts(
    { found: found.views, wanted: wanted.views, describe: (object) => ({ kind: "view", name: object.name, object }) },
    include,
  );
  const triggers = maskParts(
    {
      found: found.triggers,
      wanted: wanted.triggers,
      describe: (object) => ({ kind: "trigger", name: object.name, table: object.table, object }),
    },
    include,
  );
  const insides = tables.parts.map((table) => {
    const counterpart = found.tables.find(({ name }) => name === table.name);
    if (counterpart === table) return { table, hidden: [] };
    return maskTable(counterpart ?? { ...table, columns: [], constraints: [], indexes: [] }, table, include);
  });
  return {
    target: { ...wanted, tables: insides.map(({ table }) => table), views: views.parts, triggers: triggers.parts },
    hidden: [...tables.hidden, ...insides.flatMap(({ hidden }) => hidden), ...views.hidden, ...triggers.hidden].map(
      ({ kind, name }) => ({ kind, name }),
    ),
  };
}
