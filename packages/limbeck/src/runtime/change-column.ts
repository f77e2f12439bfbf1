import type { Column, ColumnDefault } from "../schema/model/column.ts";
import type { ColumnChanges } from "./operations.ts";

type DefaultChange = { readonly default: ColumnDefault | undefined } | undefined;

function readDefaultChange(changes: ColumnChanges): DefaultChange {
  if (changes.defaultNow) return { default: { kind: "now" } };
  if (changes.defaultSql !== undefined) return { default: { kind: "expression", sql: changes.defaultSql } };
  if (changes.default === undefined) return undefined;
  if (changes.default === null) return { default: undefined };
  return { default: { kind: "value", value: changes.default } };
}

/** `null` takes a property away, `undefined` leaves it, anything else sets it. */
function pick<Key extends string, Value>(
  key: Key,
  change: Value | null | undefined,
  current: Value | undefined,
): { [K in Key]?: Value } {
  const value = change === undefined ? current : (change ?? undefined);
  // A computed key widens to string; the one property written here is Key.
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}

/** The column after the changes that `op.alterColumn` was asked for. */
export function changeColumn(from: Column, changes: ColumnChanges): Column {
  const defaultChange = readDefaultChange(changes);
  return {
    name: from.name,
    type: changes.type?.description.type ?? from.type,
    nullable: changes.nullable ?? from.nullable,
    ...pick("default", undefined, defaultChange ? defaultChange.default : from.default),
    ...pick("generated", changes.generatedAs, from.generated),
    ...pick("autoIncrement", changes.autoIncrement === false ? null : changes.autoIncrement, from.autoIncrement),
    ...pick("collation", changes.collation, from.collation),
    ...pick("comment", changes.comment, from.comment),
    ...pick("options", changes.options, from.options),
  };
}
