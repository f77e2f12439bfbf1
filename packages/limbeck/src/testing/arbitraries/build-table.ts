import type { Column } from "../../schema/model/column.ts";
import type { Constraint, PrimaryKey } from "../../schema/model/constraint.ts";
import type { IndexPart, TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";
import { buildColumns, choose, spell } from "./build-columns.ts";
import type { PartRecipe, TableRecipe } from "./recipes.ts";
import type { ArbitraryTraits } from "./traits.ts";

const isPlain = ({ generated }: Column): boolean => generated === undefined;

/** The names of one or two different columns. */
export function chooseColumns(columns: readonly Column[], picks: readonly number[]): readonly string[] {
  return [...new Set(picks.flatMap((pick) => choose(columns, pick)?.name ?? []))];
}

function chooseKeyColumns(recipe: TableRecipe, columns: readonly Column[], isForced: boolean): readonly string[] {
  const others = columns.filter(isPlain).filter(({ name }) => name !== "id");
  const [first] = others;
  const kind = recipe.primaryKey === "none" && isForced ? "id" : recipe.primaryKey;
  if (kind === "none") return [];
  if (kind === "composite" && first) return [first.name, "id"];
  return kind === "other" && first ? [first.name] : ["id"];
}

/** `name` where the recipe wants one. */
const named = (isNamed: boolean, name: string): { readonly name?: string } => (isNamed ? { name } : {});

function buildCheck(recipe: PartRecipe, name: string, columns: readonly Column[]): Constraint {
  const [chosen = "id", other = chosen] = chooseColumns(columns, recipe.columns);
  const [first, second] = [spell(chosen, recipe.form), spell(other, recipe.columns[0] ?? 0)];
  const expression = choose(
    [`${first} IS NOT NULL OR ${second} IS NULL`, `length(${first}) < 1000`, `${first} <> 'it''s (odd'`],
    recipe.form,
  );
  return { kind: "check", ...named(recipe.isNamed, name), expression: expression ?? "1" };
}

function buildIndex(recipe: PartRecipe, name: string, columns: readonly Column[]): TableIndex {
  const [first = "id", second] = chooseColumns(columns, recipe.columns);
  const parts: readonly IndexPart[] = choose<readonly IndexPart[]>(
    [
      [{ column: first }],
      [{ column: first, order: "desc" }, ...(second === undefined ? [] : [{ column: second }])],
      [{ expression: `lower(${spell(first, recipe.form)})` }],
    ],
    recipe.form,
  ) ?? [{ column: first }];
  const isPartial = recipe.form % 5 === 0;
  return {
    name,
    parts,
    unique: recipe.isUnique,
    ...(isPartial && { where: `${spell(first, recipe.columns[0] ?? 0)} IS NOT NULL` }),
  };
}

function buildUniques(recipe: TableRecipe, table: string, columns: readonly Column[]): readonly Constraint[] {
  const seen = new Set<string>();
  return recipe.uniques.flatMap((unique, position): Constraint[] => {
    if (!unique) return [];
    const chosen = chooseColumns(columns.filter(isPlain), unique.columns);
    const key = chosen.toSorted().join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ kind: "unique", ...named(unique.isNamed, `uq_${table}_${position}`), columns: chosen }];
  });
}

function buildChecks(recipe: TableRecipe, table: string, columns: readonly Column[]): readonly Constraint[] {
  const seen = new Set<string>();
  return recipe.checks.flatMap((draft, position): Constraint[] => {
    if (!draft) return [];
    const check = buildCheck(draft, `ck_${table}_${position}`, columns);
    const key = check.kind === "check" ? check.expression : "";
    // Of two checks that say the same, one without a name could not be told from the other.
    if (seen.has(key)) return [];
    seen.add(key);
    return [check];
  });
}

/** A table without foreign keys, which can only be chosen when the other tables are known. */
export function buildTable(name: string, recipe: TableRecipe, traits: ArbitraryTraits): Table {
  const flavour = choose(traits.flavours, recipe.flavour) ?? {};
  const drafts = buildColumns(recipe, flavour, traits);
  const keyColumns = chooseKeyColumns(recipe, drafts, flavour.needsPrimaryKey ?? false);
  const isNumbered = recipe.primaryKey === "autoIncrement" && flavour.allowsAutoIncrement !== false;
  const columns = drafts.map((column): Column => {
    const isKey = keyColumns.includes(column.name);
    return {
      ...column,
      ...(isKey && { nullable: false }),
      ...(isNumbered && column.name === "id" && { autoIncrement: true }),
    };
  });
  const key: readonly PrimaryKey[] =
    keyColumns.length === 0
      ? []
      : [{ kind: "primaryKey", ...named(recipe.isKeyNamed, `pk_${name}`), columns: keyColumns }];
  return {
    name,
    columns,
    constraints: [...key, ...buildUniques(recipe, name, columns), ...buildChecks(recipe, name, columns)],
    indexes: recipe.indexes.flatMap((index, position) =>
      index ? [buildIndex(index, `ix_${name}_${position}`, columns)] : [],
    ),
    ...(recipe.comment && { comment: `about ${name}` }),
    ...(flavour.options && { options: flavour.options }),
  };
}
