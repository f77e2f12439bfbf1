import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";

type Alteration = OperationMap["alterColumn"];

const isVirtual = ({ generated }: Column): boolean => generated?.storage === "virtual";

const isAlteration = (operation: TableOperation): operation is Alteration => operation.kind === "alterColumn";

/** Whether a column that is computed on read comes to be stored, or the other way round: it is made anew then, by a statement of its own. */
const changesStorage = ({ from, to }: Alteration): boolean =>
  from.generated !== undefined && to.generated !== undefined && isVirtual(from) !== isVirtual(to);

/** Whether the stored one of both columns is computed from what another operation changes. */
function isStoredFrom({ from, to }: Alteration, source: TableOperation): boolean {
  const { generated } = isVirtual(to) ? from : to;
  return generated !== undefined && isAlteration(source) && mentionsIdentifier(generated.expression, source.to.name);
}

/**
 * The changes of a table in an order in which a computed column is stored only where what it is computed from is of a type that allows it. Of `CHAR`, which a setting
 * may fill up with spaces, nothing may be stored, while what is computed on read takes any. https://mariadb.com/kb/en/generated-columns/#expression-support
 */
export function placeComputed(operations: readonly TableOperation[]): readonly TableOperation[] {
  return operations.filter(isAlteration).reduce<readonly TableOperation[]>((placed, alteration) => {
    if (!changesStorage(alteration)) return placed;
    const position = placed.indexOf(alteration);
    const isSource = (one: TableOperation): boolean => one !== alteration && isStoredFrom(alteration, one);
    const rest = placed.filter((one) => one !== alteration);
    if (isVirtual(alteration.to)) {
      const first = rest.findIndex(isSource);
      return first === -1 || position <= first ? placed : rest.toSpliced(first, 0, alteration);
    }
    const last = rest.findLastIndex(isSource);
    return last < position ? placed : rest.toSpliced(last + 1, 0, alteration);
  }, operations);
}
