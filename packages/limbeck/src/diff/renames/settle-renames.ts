import { foldName } from "../../kernel/fold-name.ts";
import { diffErrors } from "../../kernel/errors/diff-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { formatRename } from "./parse-rename.ts";
import type { Rename, RenameKind, Renames } from "./rename.ts";

/** A new name for something, both names as the schemas spell them. */
export interface NamePair {
  readonly from: string;
  readonly to: string;
}

/** A new name for a part of a table, or for a value of an enum. */
export interface PartRename extends NamePair {
  /** The table's name once tables are renamed. */
  readonly table: string;
}

/** Renames that fit two schemas, by kind. */
export interface SettledRenames {
  readonly tables: readonly NamePair[];
  readonly columns: readonly PartRename[];
  readonly indexes: readonly PartRename[];
  /** `table` is the enum. */
  readonly values: readonly PartRename[];
}

interface Named {
  readonly name?: string;
}

interface MatchedTable {
  readonly current: Table;
  readonly target: Table;
  readonly name: string;
}

type PartKind = Exclude<RenameKind, "table" | "value">;

const PARTS: { readonly [Kind in PartKind]: (table: Table) => readonly Named[] } = {
  column: ({ columns }) => columns,
  index: ({ indexes }) => indexes,
  constraint: ({ constraints }) => constraints,
};

const PART_KINDS: readonly PartKind[] = ["column", "index", "constraint"];

/** Finds how a name is spelled in a list, if it is there. */
function indexNames(list: readonly Named[], fold: boolean): (name: string) => string | undefined {
  const names = list.flatMap(({ name }) => name ?? []);
  const spelled = new Set(names);
  const folded = new Map(fold ? names.map((name) => [foldName(name), name]) : []);
  return (name) => (spelled.has(name) ? name : folded.get(foldName(name)));
}

/** Pairs the tables of two schemas that are one table under an old and a new name, or under the same one. */
function matchTables(
  current: Schema,
  target: Schema,
  renames: readonly NamePair[],
  rules: DiffRules,
): readonly MatchedTable[] {
  const spell = indexNames(target.tables, rules.foldTableNames);
  const byName = new Map(target.tables.map((table) => [table.name, table]));
  const newNames = new Map(renames.map(({ from, to }) => [from, to]));
  const taken = new Set(newNames.values());
  return current.tables.flatMap((table) => {
    const renamed = newNames.get(table.name);
    const wanted = renamed ?? spell(table.name);
    const match = wanted === undefined ? undefined : byName.get(wanted);
    if (!match || (renamed === undefined && taken.has(match.name))) return [];
    return [{ current: table, target: match, name: renamed ?? table.name }];
  });
}

function refuseConflicts(
  renames: readonly NamePair[],
  present: readonly string[],
  show: (pair: NamePair) => string,
): void {
  const sources = new Set(renames.map(({ from }) => from));
  for (const pair of renames) {
    const { from, to } = pair;
    const twice = renames.filter((other) => other.from === from || other.to === to).length > 1;
    if (twice) {
      throw diffErrors.renameConflict({
        answer: show(pair),
        problem: `Another rename names "${from}" or "${to}" too.`,
      });
    }
    if (present.includes(to) && !sources.has(to)) {
      throw diffErrors.renameConflict({
        answer: show(pair),
        problem: `There is a "${to}" already, which nothing renames.`,
      });
    }
  }
}

interface SettledTable extends NamePair {
  readonly rename: Rename;
}

function settleTables(renames: Renames, current: Schema, target: Schema, rules: DiffRules): readonly SettledTable[] {
  const findCurrent = indexNames(current.tables, rules.foldTableNames);
  const findTarget = indexNames(target.tables, rules.foldTableNames);
  const tables = renames.flatMap((rename) => {
    if (rename.table !== undefined || (rename.kind ?? "table") !== "table") return [];
    const from = findCurrent(rename.from);
    const to = findTarget(rename.to);
    return from === undefined || to === undefined ? [] : [{ from, to, rename }];
  });
  refuseConflicts(
    tables,
    [...current.tables, ...current.views].map(({ name }) => name),
    formatRename,
  );
  return tables;
}

interface SettledPart extends PartRename {
  readonly kind: PartKind;
}

function explainUnknown({ kind, table, from, to }: Rename): string {
  const place = table === undefined ? "" : ` of ${kind === "value" ? "enum" : "table"} "${table}"`;
  return `There is no "${from}"${place} in the database that could become a "${to}" of the models.`;
}

function settlePart(rename: Rename, tables: readonly MatchedTable[], rules: DiffRules): SettledPart {
  const { table } = rename;
  const owns = (owner: Named): boolean =>
    table === undefined || indexNames([owner], rules.foldTableNames)(table) !== undefined;
  // Where tables trade names, the new one counts.
  const owners = [
    ...tables.filter(({ target }) => owns(target)),
    ...tables.filter(({ current, target }) => owns(current) && !owns(target)),
  ];
  // Without a table, an index or a constraint is looked for in all of them; a column needs one.
  const fitting = PART_KINDS.filter(
    (kind) => kind === (rename.kind ?? kind) && (table !== undefined || kind !== "column"),
  );
  for (const kind of fitting) {
    for (const { name, current, target } of owners) {
      const from = indexNames(PARTS[kind](current), rules.foldColumnNames)(rename.from);
      const to = indexNames(PARTS[kind](target), rules.foldColumnNames)(rename.to);
      if (from !== undefined && to !== undefined) return { kind, table: name, from, to };
    }
  }
  throw diffErrors.renameUnknown({ answer: formatRename(rename), problem: explainUnknown(rename) });
}

function settleValue(rename: Rename, current: Schema, target: Schema): PartRename {
  const { table = "", from, to } = rename;
  const [before, after] = [current, target].map(({ enums }) => enums.find(({ name }) => name === table)?.values ?? []);
  if (before?.includes(from) && after?.includes(to)) return { table, from, to };
  throw diffErrors.renameUnknown({ answer: formatRename(rename), problem: explainUnknown(rename) });
}

/**
 * Finds what the names of some renames stand for.
 *
 * @throws DiffError (renameUnknown) when nothing fits, (renameConflict) when two renames or a rename and what is there collide
 */
export function settleRenames(renames: Renames, current: Schema, target: Schema, rules: DiffRules): SettledRenames {
  if (renames.length === 0) return { tables: [], columns: [], indexes: [], values: [] };
  const values = renames.filter(({ kind }) => kind === "value").map((rename) => settleValue(rename, current, target));
  const others = renames.filter(({ kind }) => kind !== "value");
  const tables = settleTables(others, current, target, rules);
  const matched = matchTables(current, target, tables, rules);
  const parts = others
    .filter((rename) => !tables.some((pair) => pair.rename === rename))
    .map((rename) => settlePart(rename, matched, rules));
  const ofKind = (kind: PartKind): readonly PartRename[] => parts.filter((part) => part.kind === kind);
  for (const { name, current: table } of matched) {
    for (const kind of PART_KINDS) {
      const present = PARTS[kind](table).flatMap((part) => part.name ?? []);
      const own = ofKind(kind).filter((part) => part.table === name);
      refuseConflicts(own, present, (pair) => formatRename({ kind, table: name, ...pair }));
    }
  }
  for (const { name, values: present } of current.enums) {
    const own = values.filter(({ table }) => table === name);
    refuseConflicts(own, present, (pair) => formatRename({ kind: "value", table: name, ...pair }));
  }
  // A constraint has no operation of its own for this: it is dropped and added, which loses nothing.
  return {
    tables: tables.map(({ from, to }) => ({ from, to })),
    columns: ofKind("column"),
    indexes: ofKind("index"),
    values,
  };
}
