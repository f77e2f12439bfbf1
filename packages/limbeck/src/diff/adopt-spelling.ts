import { foldName } from "../kernel/fold-name.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { IndexPart, TableIndex } from "../schema/model/table-index.ts";
import type { Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";

/** Gives a name the spelling under which it is known, if there is one. */
type Spell = (name: string) => string;

interface Named {
  readonly name: string;
}

const keep: Spell = (name) => name;

/** As many names are looked through sooner than put into a set. */
const FEW = 32;

function createLookup(named: readonly Named[]): (name: string) => boolean {
  if (named.length <= FEW) return (name) => named.some((one) => one.name === name);
  const names = new Set(named.map(({ name }) => name));
  return (name) => names.has(name);
}

/**
 * @param current what goes before `target`
 * @param fold whether names in other letters are the same
 */
function createSpelling(current: readonly Named[], target: readonly Named[], fold: boolean): Spell {
  if (!fold) return keep;
  const isExact = createLookup(current);
  let folded: ReadonlyMap<string, string> | undefined;
  return (name) => {
    // Most names are spelled alike, so that nothing has to be folded.
    if (isExact(name)) return name;
    folded ??= new Map([...target, ...current].map((one) => [foldName(one.name), one.name]));
    return folded.get(foldName(name)) ?? name;
  };
}

interface Spelling {
  readonly table: Spell;
  /** The columns of a table, by the name it has in the current schema. */
  readonly columns: (table: string) => Spell;
}

/** The object with changed parts, or itself when nothing changes: most names are spelled alike already. */
function spellName<One extends Named>(one: One, spell: Spell): One {
  const name = spell(one.name);
  return name === one.name ? one : { ...one, name };
}

/** The parts as they are spelled; the list itself when nothing changes. */
function spellAll<Part>(parts: readonly Part[], spell: (part: Part) => Part): readonly Part[] {
  return parts.every((part) => spell(part) === part) ? parts : parts.map(spell);
}

function spellConstraint(constraint: Constraint, table: string, spelling: Spelling): Constraint {
  if (constraint.kind === "check") return constraint;
  const columns = spellAll(constraint.columns, spelling.columns(table));
  if (constraint.kind !== "foreignKey") {
    return columns === constraint.columns ? constraint : { ...constraint, columns };
  }
  const { references } = constraint;
  const target = spelling.table(references.table);
  const targetColumns = spellAll(references.columns, spelling.columns(target));
  const isSame = columns === constraint.columns && target === references.table && targetColumns === references.columns;
  return isSame ? constraint : { ...constraint, columns, references: { table: target, columns: targetColumns } };
}

function spellPart(part: IndexPart, columns: Spell): IndexPart {
  if (part.column === undefined) return part;
  const column = columns(part.column);
  return column === part.column ? part : { ...part, column };
}

function spellIndex(index: TableIndex, names: Spell, columns: Spell): TableIndex {
  const parts = spellAll(index.parts, (part) => spellPart(part, columns));
  const named = spellName(index, names);
  return parts === index.parts ? named : { ...named, parts };
}

function spellTable(table: Table, current: Table | undefined, spelling: Spelling, rules: DiffRules): Table {
  const name = spelling.table(table.name);
  const columns = spelling.columns(name);
  const indexes = createSpelling(current?.indexes ?? [], [], rules.foldColumnNames);
  const parts = {
    columns: spellAll(table.columns, (column) => spellName(column, columns)),
    constraints: spellAll(table.constraints, (constraint) => spellConstraint(constraint, name, spelling)),
    indexes: spellAll(table.indexes, (index) => spellIndex(index, indexes, columns)),
  };
  const isSame =
    name === table.name &&
    parts.columns === table.columns &&
    parts.constraints === table.constraints &&
    parts.indexes === table.indexes;
  return isSame ? table : { ...table, name, ...parts };
}

/**
 * The target with the names of the current schema wherever the engine takes two spellings for one name, so that
 * everything after it can compare names letter by letter. Nothing is altered for the sake of upper and lower case.
 */
export function adoptSpelling(target: Schema, current: Schema, rules: DiffRules): Schema {
  const { foldTableNames, foldColumnNames } = rules;
  if (!foldTableNames && !foldColumnNames) return target;
  const table = createSpelling(
    [...current.tables, ...current.views],
    [...target.tables, ...target.views],
    foldTableNames,
  );
  const known = new Map(current.tables.map((one) => [one.name, one]));
  // A column that only the target has is known by the spelling of its definition, whoever refers to it.
  const spellings = new Map(
    target.tables.map((one) => {
      const name = table(one.name);
      return [name, createSpelling(known.get(name)?.columns ?? [], one.columns, foldColumnNames)];
    }),
  );
  const triggers = createSpelling(current.triggers, [], foldTableNames);
  const spelling: Spelling = { table, columns: (name) => spellings.get(name) ?? keep };
  return {
    ...target,
    tables: target.tables.map((one) => spellTable(one, known.get(table(one.name)), spelling, rules)),
    views: target.views.map((view) => spellName(view, table)),
    triggers: target.triggers.map((trigger) => ({ ...spellName(trigger, triggers), table: table(trigger.table) })),
  };
}
