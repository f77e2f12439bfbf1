import { foldName } from "../../kernel/fold-name.ts";
import type { Schema } from "../../schema/model/schema.ts";
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

/** Renames keep everything in its place. */
function pair<Part>(before: readonly Part[], after: readonly Part[]): readonly Moved<Part>[] {
  return before.flatMap((part, position) => {
    const moved = after[position];
    return moved === undefined ? [] : [{ before: part, after: moved }];
  });
}

function maskTable({ before, after }: Moved<Table>, wanted: Table, names: MaskNames) {
  const columns = maskParts(
    pair(before.columns, after.columns),
    wanted.columns,
    (one) => TABLE_PARTS.columns(one, before.name),
    names,
  );
  const constraints = maskParts(
    pair(before.constraints, after.constraints),
    wanted.constraints,
    (one) => TABLE_PARTS.constraints(one, before.name),
    names,
  );
  const indexes = maskParts(
    pair(before.indexes, after.indexes),
    wanted.indexes,
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
  const key = (table: Table): string | undefined => keyOf(SCHEMA_PARTS.tables(table), names.rules);
  const counterparts = new Map(found.map((one) => [key(one.after), one]));
  const insides = tables.parts.map((table) => {
    const counterpart = counterparts.get(key(table));
    if (counterpart?.after === table) return { table, kept: [] };
    const none = { ...table, columns: [], constraints: [], indexes: [] };
    return maskTable(counterpart ?? { before: none, after: none }, table, names);
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
