import type { Operation } from "../ops/operation.ts";
import type { EnumType } from "../schema/model/enum-type.ts";
import type { Schema } from "../schema/model/schema.ts";
import { matchNames } from "./match-names.ts";
import { isSameStructure } from "./same-structure.ts";

/** All texts of a schema in which a value could stand between quotation marks. */
function collectTexts(schema: Schema): string {
  // Text within data is escaped there, but a value in single quotes looks the same.
  return JSON.stringify([schema.tables, schema.views, schema.triggers, schema.objects]);
}

/** Whether a value stands in a text, be it as SQL or as the data of a default. */
function isUsed(value: string, texts: string): boolean {
  const inData = JSON.stringify(value);
  return texts.includes(inData) || texts.includes(`'${inData.slice(1, -1).replaceAll("'", "''")}'`);
}

const without = (values: readonly string[], others: readonly string[]): readonly string[] =>
  values.filter((value) => !others.includes(value));

/**
 * What turns some enums into others, in no order. A value that comes and is used at once cannot be added in place, on the way back neither; the type is then made anew.
 */
export function diffEnums(current: Schema, target: Schema): readonly Operation[] {
  const { removed, added, common } = matchNames(current.enums, target.enums);
  const changed = common.filter(([from, to]) => !isSameStructure(from.values, to.values));
  const texts = changed.length === 0 ? ["", ""] : [collectTexts(current), collectTexts(target)];
  const alter = ([{ name, values: from }, { values: to }]: readonly [EnumType, EnumType]): Operation => {
    const isAnyUsed =
      without(to, from).some((value) => isUsed(value, texts[1] ?? "")) ||
      without(from, to).some((value) => isUsed(value, texts[0] ?? ""));
    return { kind: "alterEnum", name, from, to, ...(isAnyUsed && { rebuild: true }) };
  };
  return [
    ...removed.map((one): Operation => ({ kind: "dropEnum", enum: one })),
    ...added.map((one): Operation => ({ kind: "createEnum", enum: one })),
    ...changed.map(alter),
  ];
}
