import type { ForeignKey, PrimaryKey, UniqueConstraint } from "../../../schema/model/constraint.ts";
import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { MysqlIndexOptions } from "../options.ts";
import type { CatalogueIndexPart } from "./catalogue/indexes.ts";
import type { TableStatement } from "./parse-table-statement.ts";
import { stripParentheses, type Spell } from "./spelling.ts";
import { toOptions } from "./to-options.ts";

/** What the indexes of a table are in the model. */
export interface BuiltIndexes {
  readonly keys: readonly (PrimaryKey | UniqueConstraint)[];
  readonly indexes: readonly TableIndex[];
}

/** What the indexes of a table are read with. */
export interface IndexContext {
  readonly spell: Spell;
  readonly statement: TableStatement | undefined;
}

const KINDS: ReadonlyMap<string, "fulltext" | "spatial"> = new Map([
  ["FULLTEXT", "fulltext"],
  ["SPATIAL", "spatial"],
]);

function findOptions({ method, comment, isUnused, isUnique }: CatalogueIndexPart): MysqlIndexOptions {
  const kind = KINDS.get(method);
  // Long text that is unique is found by a hash, without anybody having said so.
  const isUsual = method === "BTREE" || (method === "HASH" && Number(isUnique) === 1);
  return {
    ...(kind && { kind }),
    ...(!kind && !isUsual && { method }),
    ...(comment !== "" && { comment }),
    ...(Number(isUnused) === 1 && { unused: true as const }),
  };
}

function buildPart({ column, expression, order, length, method }: CatalogueIndexPart, spell: Spell): IndexPart {
  // A spatial index holds boxes, whose size is told as if it were a length.
  const hasLength = length !== null && !KINDS.has(method);
  return {
    ...(column === null ? { expression: stripParentheses(spell(expression ?? "")) } : { column }),
    ...(order === "D" && { order: "desc" as const }),
    ...toOptions<"indexPart">(hasLength ? { length: Number(length) } : {}),
  };
}

function buildIndex(parts: readonly CatalogueIndexPart[], spell: Spell): TableIndex | undefined {
  const [first] = parts;
  if (!first) return undefined;
  return {
    name: first.index,
    parts: parts.map((part) => buildPart(part, spell)),
    unique: Number(first.isUnique) === 1,
    ...toOptions<"index">(findOptions(first)),
  };
}

type BuiltPeriod = NonNullable<TableStatement["period"]>;

/** A key whose rows may not overlap in a period holds the columns of that as well, last of all. */
const withoutPeriod = (columns: readonly string[], period: BuiltPeriod | undefined): readonly string[] =>
  period ? columns.slice(0, -2) : columns;

/** The columns of an index that a constraint could say all about; undefined for others. */
function findColumns({ parts, options }: TableIndex): readonly string[] | undefined {
  const isPlain =
    options === undefined && parts.every((part) => part.column !== undefined && !part.order && !part.options);
  return isPlain ? parts.flatMap(({ column }) => column ?? []) : undefined;
}

/** The primary key; its columns are never expressions. */
function buildPrimaryKey({ parts, options }: TableIndex, period: BuiltPeriod | undefined): PrimaryKey {
  const lengths = parts.flatMap((part) => {
    const length = part.options?.["mysql"]?.["length"];
    return typeof length === "number" && part.column !== undefined ? [[part.column, length] as const] : [];
  });
  const comment = options?.["mysql"]?.["comment"];
  return {
    kind: "primaryKey",
    columns: withoutPeriod(
      parts.flatMap(({ column }) => column ?? []),
      period,
    ),
    ...toOptions<"primaryKey">({
      ...(typeof comment === "string" && { comment }),
      ...(lengths.length > 0 && { lengths: Object.fromEntries(lengths) }),
      ...(period && { withoutOverlaps: period.name }),
    }),
  };
}

function buildUnique(name: string, columns: readonly string[], period: BuiltPeriod | undefined): UniqueConstraint {
  return {
    kind: "unique",
    name,
    columns: withoutPeriod(columns, period),
    ...toOptions<"unique">(period ? { withoutOverlaps: period.name } : {}),
  };
}

/** Whether a foreign key has made the index for itself, or could have: it has its name, and its columns. */
function belongsToReference(index: TableIndex, references: readonly ForeignKey[]): boolean {
  const columns = findColumns(index);
  return (
    !index.unique &&
    columns !== undefined &&
    references.some(({ name, columns: own }) => name === index.name && own.join("\0") === columns.join("\0"))
  );
}

/**
 * Sorts the indexes of a table: the primary key, unique constraints, and indexes. What foreign keys need for themselves comes and goes with them, and is no
 * index of the model.
 */
export function buildIndexes(
  parts: readonly CatalogueIndexPart[],
  references: readonly ForeignKey[],
  { spell, statement }: IndexContext,
): BuiltIndexes {
  const groups = [...Map.groupBy(parts, ({ index }) => index).values()];
  const all = groups.flatMap((group) => buildIndex(group, spell) ?? []);
  const keys: (PrimaryKey | UniqueConstraint)[] = [];
  const indexes: TableIndex[] = [];
  for (const index of all) {
    const columns = findColumns(index);
    const period = statement?.keysWithoutOverlaps.has(index.name) ? statement.period : undefined;
    if (index.name === "PRIMARY") keys.unshift(buildPrimaryKey(index, period));
    else if (index.unique && columns) keys.push(buildUnique(index.name, columns, period));
    else if (!belongsToReference(index, references)) indexes.push(index);
  }
  return { keys, indexes };
}
