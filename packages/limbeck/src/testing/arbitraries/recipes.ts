import { boolean, constantFrom, nat, oneof, type Arbitrary } from "fast-check";
import type { Deferrable, ReferentialAction } from "../../schema/model/constraint.ts";
import { maybeTwice, twice, twiceList, twiceRecord, type Presence, type Twice } from "./twice.ts";

/** A choice to be made later, when it is known between what: any number, taken modulo. */
export type Pick = number;

/** How a column is to look; what does not fit its table is left out when it is built. */
export interface ColumnRecipe {
  readonly type: Pick;
  readonly nullable: boolean;
  readonly default: "none" | "value" | "now" | "expression";
  readonly collation: Pick;
  readonly generated: "no" | "virtual" | "stored";
  readonly comment: boolean;
}

/** How a key, a check or an index is to look. */
export interface PartRecipe {
  readonly isNamed: boolean;
  readonly columns: readonly Pick[];
  readonly form: Pick;
  readonly isUnique: boolean;
}

/** How a foreign key is to look. */
export interface ForeignKeyRecipe {
  readonly isNamed: boolean;
  readonly columns: readonly Pick[];
  readonly target: Pick;
  readonly key: Pick;
  readonly onDelete: ReferentialAction | undefined;
  readonly onUpdate: ReferentialAction | undefined;
  readonly deferrable: Deferrable | undefined;
}

/** How a table is to look: a place for each thing it may have, so that two drafts of it have their names in common. */
export interface TableRecipe {
  readonly flavour: Pick;
  readonly comment: boolean;
  readonly columns: readonly (ColumnRecipe | undefined)[];
  readonly primaryKey: "none" | "id" | "autoIncrement" | "composite" | "other";
  readonly isKeyNamed: boolean;
  readonly uniques: readonly (PartRecipe | undefined)[];
  readonly checks: readonly (PartRecipe | undefined)[];
  readonly foreignKeys: readonly (ForeignKeyRecipe | undefined)[];
  readonly indexes: readonly (PartRecipe | undefined)[];
}

/** How a view or a trigger is to look. */
export interface TextRecipe {
  readonly relation: Pick;
  readonly columns: readonly Pick[];
  readonly form: Pick;
}

/** How a schema is to look. */
export interface SchemaRecipe {
  readonly tables: readonly (TableRecipe | undefined)[];
  readonly views: readonly (TextRecipe | undefined)[];
  readonly triggers: readonly (TextRecipe | undefined)[];
}

/** Names of tables; some are words of SQL or need quotes. */
export const TABLE_NAMES: readonly string[] = ["lists", "todos", "users", "order", "Odd Table"];

/** Names of columns besides `id`. */
export const COLUMN_NAMES: readonly string[] = ["title", "done", "list_id", "price", "Created At", "group", "note"];

const pick = nat({ max: 1000 });
const picks: Arbitrary<readonly Pick[]> = nat({ max: 1000 }).map((first) => [first, Math.trunc(first / 7)]);
const action = constantFrom<(ReferentialAction | undefined)[]>(
  undefined,
  "cascade",
  "set null",
  "restrict",
  "set default",
);

const deferrable = constantFrom<(Deferrable | undefined)[]>(
  undefined,
  undefined,
  "initially deferred",
  "initially immediate",
);

type Drafts<Value> = Arbitrary<Twice<Value>>;

function createColumnRecipes(steadiness: number): Drafts<ColumnRecipe> {
  return twiceRecord<ColumnRecipe>({
    type: twice(pick, steadiness),
    nullable: twice(boolean(), steadiness),
    default: twice(constantFrom("none", "none", "value", "now", "expression"), steadiness),
    collation: twice(pick, steadiness),
    generated: twice(constantFrom("no", "no", "no", "virtual", "stored"), steadiness),
    comment: twice(boolean(), steadiness),
  });
}

function createPartRecipes(steadiness: number): Drafts<PartRecipe> {
  return twiceRecord<PartRecipe>({
    isNamed: twice(boolean(), steadiness),
    columns: twice(picks, steadiness),
    form: twice(pick, steadiness),
    isUnique: twice(boolean(), steadiness),
  });
}

function createForeignKeyRecipes(steadiness: number): Drafts<ForeignKeyRecipe> {
  return twiceRecord<ForeignKeyRecipe>({
    isNamed: twice(boolean(), steadiness),
    columns: twice(picks, steadiness),
    target: twice(pick, steadiness),
    key: twice(pick, steadiness),
    onDelete: twice(action, steadiness),
    onUpdate: twice(action, steadiness),
    deferrable: twice(deferrable, steadiness),
  });
}

function createTextRecipes(steadiness: number): Drafts<TextRecipe> {
  return twiceRecord<TextRecipe>({
    relation: twice(pick, steadiness),
    columns: twice(picks, steadiness),
    form: twice(pick, steadiness),
  });
}

const places = <Value>(
  count: number,
  recipes: Drafts<Value>,
  presence: Presence,
): Drafts<readonly (Value | undefined)[]> =>
  twiceList(Array.from({ length: count }, () => maybeTwice(recipes, presence)));

function createTableRecipes(steadiness: number): Drafts<TableRecipe> {
  const parts = createPartRecipes(steadiness);
  return twiceRecord<TableRecipe>({
    flavour: twice(pick, steadiness),
    comment: twice(boolean(), steadiness),
    columns: places(COLUMN_NAMES.length, createColumnRecipes(steadiness), { tenths: 6, steadiness }),
    primaryKey: twice(constantFrom("none", "id", "id", "autoIncrement", "composite", "other"), steadiness),
    isKeyNamed: twice(boolean(), steadiness),
    uniques: places(2, parts, { tenths: 3, steadiness }),
    checks: places(2, parts, { tenths: 3, steadiness }),
    foreignKeys: places(2, createForeignKeyRecipes(steadiness), { tenths: 4, steadiness }),
    indexes: places(3, parts, { tenths: 4, steadiness }),
  });
}

function createSchemaRecipes(steadiness: number): Drafts<SchemaRecipe> {
  return twiceRecord<SchemaRecipe>({
    tables: places(TABLE_NAMES.length, createTableRecipes(steadiness), { tenths: 6, steadiness }),
    views: places(3, createTextRecipes(steadiness), { tenths: 5, steadiness }),
    triggers: places(3, createTextRecipes(steadiness), { tenths: 5, steadiness }),
  });
}

/** From schemas with little in common to such that differ in a detail. */
const STEADINESS: readonly number[] = [3, 20, 80];

/** Two drafts of a schema. */
export const arbitrarySchemaRecipes: Drafts<SchemaRecipe> = oneof(...STEADINESS.map(createSchemaRecipes));
