import { boolean, constantFrom, nat, type Arbitrary } from "fast-check";
import type { Deferrable, ReferentialAction } from "../../schema/model/constraint.ts";
import { maybeTwice, twice, twiceList, twiceRecord, type Twice } from "./twice.ts";

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

const columnRecipe = twiceRecord<ColumnRecipe>({
  type: twice(pick),
  nullable: twice(boolean()),
  default: twice(constantFrom("none", "none", "value", "now", "expression")),
  collation: twice(pick),
  generated: twice(constantFrom("no", "no", "no", "virtual", "stored")),
  comment: twice(boolean()),
});

const partRecipe = twiceRecord<PartRecipe>({
  isNamed: twice(boolean()),
  columns: twice(picks),
  form: twice(pick),
  isUnique: twice(boolean()),
});

const foreignKeyRecipe = twiceRecord<ForeignKeyRecipe>({
  isNamed: twice(boolean()),
  columns: twice(picks),
  target: twice(pick),
  key: twice(pick),
  onDelete: twice(action),
  onUpdate: twice(action),
  deferrable: twice(
    constantFrom<(Deferrable | undefined)[]>(undefined, undefined, "initially deferred", "initially immediate"),
  ),
});

const textRecipe = twiceRecord<TextRecipe>({ relation: twice(pick), columns: twice(picks), form: twice(pick) });

const places = <Value>(count: number, arbitrary: Arbitrary<Twice<Value | undefined>>) =>
  twiceList(Array.from({ length: count }, () => arbitrary));

const tableRecipe = twiceRecord<TableRecipe>({
  flavour: twice(pick),
  comment: twice(boolean()),
  columns: places(COLUMN_NAMES.length, maybeTwice(columnRecipe, 6)),
  primaryKey: twice(constantFrom("none", "id", "id", "autoIncrement", "composite", "other")),
  isKeyNamed: twice(boolean()),
  uniques: places(2, maybeTwice(partRecipe, 3)),
  checks: places(2, maybeTwice(partRecipe, 3)),
  foreignKeys: places(2, maybeTwice(foreignKeyRecipe, 4)),
  indexes: places(3, maybeTwice(partRecipe, 4)),
});

/** Two drafts of a table with much in common. */
export const arbitraryTableRecipes: Arbitrary<Twice<TableRecipe>> = tableRecipe;

/** Two drafts of a schema with much in common. */
export const arbitrarySchemaRecipes: Arbitrary<Twice<SchemaRecipe>> = twiceRecord<SchemaRecipe>({
  tables: places(TABLE_NAMES.length, maybeTwice(tableRecipe, 6)),
  views: places(3, maybeTwice(textRecipe, 5)),
  triggers: places(3, maybeTwice(textRecipe, 5)),
});
