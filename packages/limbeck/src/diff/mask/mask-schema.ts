import { foldName } from "../../kernel/fold-name.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { renameAll } from "../renames/rename-all.ts";
import type { Renames } from "../renames/rename.ts";
import { SCHEMA_PARTS, TABLE_PARTS, type ComparedObject } from "./compared-object.ts";

/** What takes no part in a comparison, on either side. */
export interface HiddenParts {
  readonly found: readonly ComparedObject[];
  readonly wanted: readonly ComparedObject[];
}

/** A target that says nothing of what is hidden, and what of that is there. */
export interface MaskedTarget {
  readonly target: Schema;
  /** As it is called before any rename, each once. */
  readonly kept: readonly ComparedObject[];
}

/** How a comparison is made. */
export interface MaskOptions {
  readonly rules: DiffRules;
  /** That the comparison carries out: what is hidden in a table goes with it. */
  readonly renames: Renames;
  /** Whether the target names all views, triggers and other definitions that are to be. If not, those that it does not name stay anyway. */
  readonly isComplete: boolean;
}

/** How parts are found again, and which are hidden. */
interface MaskNames {
  readonly rules: Pick<DiffRules, "foldTableNames" | "foldColumnNames">;
  readonly hidden: ReadonlySet<object>;
}

/** One thing before and after renames. */
interface Moved<Part> {
  readonly before: Part;
  readonly after: Part;
}

/** By what a part is found again on the other side: a table has one primary key, whatever it is called; a name may be given once in every table. */
function keyOf(compared: ComparedObject, { foldTableNames, foldColumnNames }: MaskNames["rules"]): string | undefined {
  const { kind, name } = compared;
  if (kind === "constraint" && compared.object.kind === "primaryKey") return "primary key";
  if (name === undefined) return undefined;
  const spellTable = (table: string): string => (foldTableNames ? foldName(table) : table);
  if (kind === "object") return JSON.stringify([compared.object.kind, name]);
  if (kind === "trigger") return JSON.stringify([spellTable(compared.table), spellTable(name)]);
  if (kind === "table" || kind === "view") return spellTable(name);
  const isOfTable = kind === "column" || kind === "constraint" || kind === "index";
  return isOfTable && foldColumnNames ? foldName(name) : name;
}

/** The wanted parts, with those that are hidden as they are found: then nothing is to be done about them. */
function maskParts<Part extends object>(
  found: readonly Moved<Part>[],
  wanted: readonly Part[],
  describe: (part: Part) => ComparedObject,
  { rules, hidden }: MaskNames,
): { readonly parts: readonly Part[]; readonly kept: readonly ComparedObject[] } {
  const kept = found.filter(({ before }) => hidden.has(before));
  const keys = new Set(kept.map(({ after }) => keyOf(describe(after), rules)));
  const isTaken = (part: Part): boolean => {
    const key = keyOf(describe(part), rules);
    return key !== undefined && keys.has(key);
  };
  return {
    parts: [...wanted.filter((part) => !hidden.has(part) && !isTaken(part)), ...kept.map(({ after }) => after)],
    kept: kept.map(({ before }) => describe(before)),
  };
}

/** What a key or an index names of its own table. */
const listColumns = (part: Constraint | TableIndex): readonly string[] => {
  if ("parts" in part) return part.parts.flatMap(({ column }) => column ?? []);
  return part.kind === "check" ? [] : part.columns;
};

/** Renames keep everything in its place. */
function pair<Part>(before: readonly Part[], after: readonly Part[]): readonly Moved<Part>[] {
  return before.flatMap((part, position) => {
    const moved = after[position];
    return moved === undefined ? [] : [{ before: part, after: moved }];
  });
}

/** Tells the names that were wanted and are no more. */
function findMissing(
  wanted: readonly { readonly name: string }[],
  masked: readonly { readonly name: string }[],
  fold: (name: string) => string,
): (name: string) => boolean {
  const present = new Set(masked.map(({ name }) => fold(name)));
  const missing = new Set(wanted.map(({ name }) => fold(name)).filter((name) => !present.has(name)));
  return (name) => missing.has(fold(name));
}

/**
 * What is wanted of a table, with what is hidden as it is found. Keys and indexes of columns that are hidden and not there are not wanted either, nor keys to such
 * tables.
 *
 * @param isMissingTable whether a table is hidden and not there
 */
function maskTable(
  { before, after }: Moved<Table>,
  wanted: Table,
  names: MaskNames,
  isMissingTable: (table: string) => boolean,
) {
  const columns = maskParts(
    pair(before.columns, after.columns),
    wanted.columns,
    (one) => TABLE_PARTS.columns(one, before.name),
    names,
  );
  const fold = (name: string): string => (names.rules.foldColumnNames ? foldName(name) : name);
  // What is not hidden may name others: columns of a table that this one inherits from, a table that nobody has.
  const isMissing = findMissing(wanted.columns, columns.parts, fold);
  const isPossible = (part: Constraint | TableIndex): boolean =>
    !listColumns(part).some(isMissing) &&
    ("parts" in part || part.kind !== "foreignKey" || !isMissingTable(part.references.table));
  const constraints = maskParts(
    pair(before.constraints, after.constraints),
    wanted.constraints.filter(isPossible),
    (one) => TABLE_PARTS.constraints(one, before.name),
    names,
  );
  const indexes = maskParts(
    pair(before.indexes, after.indexes),
    wanted.indexes.filter(isPossible),
    (one) => TABLE_PARTS.indexes(one, before.name),
    names,
  );
  return {
    table: { ...wanted, columns: columns.parts, constraints: constraints.parts, indexes: indexes.parts },
    kept: [...columns.kept, ...constraints.kept, ...indexes.kept],
  };
}

function maskTables(found: readonly Moved<Table>[], wanted: readonly Table[], names: MaskNames) {
  const tables = maskParts(found, wanted, SCHEMA_PARTS.tables, names);
  const key = (name: string): string => (names.rules.foldTableNames ? foldName(name) : name);
  const counterparts = new Map(found.map((one) => [key(one.after.name), one]));
  const isMissing = findMissing(wanted, tables.parts, key);
  const insides = tables.parts.map((table) => {
    const counterpart = counterparts.get(key(table.name));
    if (counterpart?.after === table) return { table, kept: [] };
    const none = { ...table, columns: [], constraints: [], indexes: [] };
    return maskTable(counterpart ?? { before: none, after: none }, table, names, isMissing);
  });
  return {
    parts: insides.map(({ table }) => table),
    kept: [...tables.kept, ...insides.flatMap((inside) => inside.kept)],
  };
}

/** As {@link maskParts}, for what stays without being wanted where the target is not complete. */
function maskDefinitions<Part extends object>(
  found: readonly Moved<Part>[],
  wanted: readonly Part[],
  describe: (part: Part) => ComparedObject,
  { isComplete, ...names }: MaskNames & Pick<MaskOptions, "isComplete">,
) {
  const { parts, kept } = maskParts(found, wanted, describe, names);
  return { parts: isComplete ? parts : parts.filter((part) => wanted.includes(part)), kept };
}

/**
 * Takes what is to be left alone out of a comparison: what is hidden and there is wanted as it is there, and what is hidden and not there is not wanted.
 *
 * @param hidden objects of the two schemas
 * @throws DiffError when a rename does not fit the schemas
 */
export function maskSchema(
  found: Schema,
  wanted: Schema,
  hidden: HiddenParts,
  { rules, renames, isComplete }: MaskOptions,
): MaskedTarget {
  const after = renameAll(found, wanted, rules, renames);
  const objects = new Set([...hidden.found, ...hidden.wanted].map(({ object }) => object));
  const names = { rules, hidden: objects, isComplete };
  const masked = {
    tables: maskTables(pair(found.tables, after.tables), wanted.tables, names),
    views: maskDefinitions(pair(found.views, after.views), wanted.views, SCHEMA_PARTS.views, names),
    triggers: maskDefinitions(pair(found.triggers, after.triggers), wanted.triggers, SCHEMA_PARTS.triggers, names),
    enums: maskDefinitions(pair(found.enums, after.enums), wanted.enums, SCHEMA_PARTS.enums, names),
    sequences: maskDefinitions(pair(found.sequences, after.sequences), wanted.sequences, SCHEMA_PARTS.sequences, names),
    objects: maskDefinitions(pair(found.objects, after.objects), wanted.objects, SCHEMA_PARTS.objects, names),
  };
  return {
    target: {
      tables: masked.tables.parts,
      views: masked.views.parts,
      triggers: masked.triggers.parts,
      enums: masked.enums.parts,
      sequences: masked.sequences.parts,
      objects: masked.objects.parts,
    },
    kept: Object.values(masked).flatMap(({ kept }) => kept),
  };
}
