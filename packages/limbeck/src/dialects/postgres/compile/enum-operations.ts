import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import { quoteName } from "../names.ts";
import { quoteText } from "../quote.ts";
import { rebuildType } from "./rebuild-type.ts";

const listValues = (values: readonly string[]): string => values.map(quoteText).join(", ");

/** CREATE TYPE ... AS ENUM. */
export function renderCreateEnum(name: string, values: readonly string[]): string {
  return `CREATE TYPE ${quoteName(name)} AS ENUM (${listValues(values)})`;
}

/** Whether some values only come, so that those that stay keep their order. */
function isExtension(from: readonly string[], to: readonly string[]): boolean {
  return to.filter((value) => from.includes(value)).join("\0") === from.join("\0");
}

/** Values are added one by one, each beside one that is there. */
function addValues(name: string, from: readonly string[], to: readonly string[]): readonly Statement[] {
  return to
    .filter((value) => !from.includes(value))
    .map((value) => {
      const previous = to[to.indexOf(value) - 1];
      const next = from[0];
      const place =
        previous !== undefined
          ? ` AFTER ${quoteText(previous)}`
          : next === undefined
            ? ""
            : ` BEFORE ${quoteText(next)}`;
      return { sql: `ALTER TYPE ${quoteName(name)} ADD VALUE ${quoteText(value)}${place}` };
    });
}

/**
 * Other values: added in place where that is enough, and otherwise the type is made anew.
 *
 * @param compile what becomes of what is in the way meanwhile
 */
export function compileAlterEnum(
  operation: OperationMap["alterEnum"],
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  const { name, from, to, rebuild = false } = operation;
  if (!rebuild && isExtension(from, to)) return addValues(name, from, to);
  const removed = from.filter((value) => !to.includes(value));
  return rebuildType({ name, create: [{ sql: renderCreateEnum(name, to) }], removed }, context, compile);
}
