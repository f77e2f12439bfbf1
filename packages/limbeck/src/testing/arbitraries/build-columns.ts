import type { Column, ColumnDefault } from "../../schema/model/column.ts";
import type { ColumnType, ColumnTypeKind } from "../../schema/model/column-type.ts";
import type { JsonValue } from "../../schema/model/json.ts";
import { COLUMN_NAMES, type ColumnRecipe, type Pick, type TableRecipe } from "./recipes.ts";
import type { ArbitraryTraits, TableFlavour } from "./traits.ts";

/** The element that a choice falls on; undefined for an empty list. */
export function choose<Element>(list: readonly Element[], pick: Pick): Element | undefined {
  return list[pick % list.length];
}

/** A name in double quotes, as every engine but one takes it. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Words that have to stand in quotation marks when they are names. */
const RESERVED: ReadonlySet<string> = new Set(["order", "group"]);

/** A name as people write it: bare, or in quotation marks, which it may need. */
export function spell(name: string, pick: Pick): string {
  const mayBeBare = /^[a-z_]\w*$/.test(name) && !RESERVED.has(name);
  // Another part of the number than the one that chooses from a list.
  return mayBeBare && Math.trunc(pick / 8) % 2 === 0 ? name : quote(name);
}

/** Literals that fit a type and come back from an engine as they went in. */
const VALUES: { readonly [Kind in ColumnTypeKind]?: readonly JsonValue[] } = {
  text: ["", "it's", 'say "hi"'],
  varchar: ["new", "it's"],
  smallint: [0, -3],
  integer: [0, 42],
  bigint: [7],
  boolean: [true, false],
  double: [1.5],
};

const CLOCK_KINDS: readonly ColumnTypeKind[] = ["date", "time", "timestamp", "text"];

function buildDefault(recipe: ColumnRecipe, { kind }: ColumnType): ColumnDefault | undefined {
  const value = choose(VALUES[kind] ?? [], recipe.type);
  if (recipe.default === "value" && value !== undefined) return { kind: "value", value };
  if (recipe.default === "now" && CLOCK_KINDS.includes(kind)) return { kind: "now" };
  if (recipe.default === "expression" && kind === "integer") return { kind: "expression", sql: "abs(-2) + 1" };
  return undefined;
}

function buildPlainColumn(name: string, recipe: ColumnRecipe, type: ColumnType, traits: ArbitraryTraits): Column {
  const given = buildDefault(recipe, type);
  const collation = type.kind === "text" ? choose([undefined, ...traits.collations], recipe.collation) : undefined;
  return {
    name,
    type,
    nullable: recipe.nullable,
    ...(given && { default: given }),
    ...(collation !== undefined && { collation }),
    ...(recipe.comment && { comment: `about ${name}` }),
  };
}

function buildExpression(base: string, recipe: ColumnRecipe): string {
  const name = spell(base, recipe.type);
  return choose([`length(${name})`, `coalesce(${name}, 'none') || '-'`, `${name} IS NULL`], recipe.collation) ?? name;
}

/**
 * The columns of a table. Generated ones are computed from a plain one, and become plain where there is none.
 *
 * @param keyColumns how many of the first columns must be plain because the primary key may need them
 */
export function buildColumns(recipe: TableRecipe, flavour: TableFlavour, traits: ArbitraryTraits): readonly Column[] {
  const id: Column = { name: "id", type: { kind: "integer" }, nullable: false };
  const drafts = recipe.columns.flatMap((column, position) => {
    const name = COLUMN_NAMES[position];
    return column && name !== undefined ? [{ name, column }] : [];
  });
  const plainNames = drafts.filter(({ column }) => column.generated === "no").map(({ name }) => name);
  const types = flavour.types ?? traits.types;
  const columns = drafts.map(({ name, column }): Column => {
    const type = choose(types, column.type) ?? { kind: "text" };
    const base = choose(plainNames, column.type);
    const { generated: storage } = column;
    if (storage === "no" || base === undefined) return buildPlainColumn(name, column, type, traits);
    return { name, type, nullable: true, generated: { expression: buildExpression(base, column), storage } };
  });
  return [id, ...columns];
}
