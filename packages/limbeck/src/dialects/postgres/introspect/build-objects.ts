import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import type { CatalogueObject } from "./catalogue/objects.ts";
import type { CatalogueOwnSequence } from "./catalogue/sequences.ts";

/** The object that the catalogue describes. */
export function buildObject({ kind, name, definition, table, depends }: CatalogueObject): DefinedObject {
  return {
    kind,
    name,
    definition: definition.trim().replace(/;$/, "").trimEnd(),
    ...(table !== null && { table }),
    ...(depends !== null && { dependsOn: depends }),
  };
}

const RANGES: Readonly<Record<string, readonly [lowest: string, highest: string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

/** The sequence that the catalogue describes; what it does by default goes without saying. */
export function buildSequence(found: CatalogueOwnSequence): Sequence {
  const { name, type, start, increment, minimum, maximum, cache, cycle, table, column } = found;
  const [lowest, highest] = RANGES[type] ?? ["", ""];
  const isDown = increment.startsWith("-");
  const usual = isDown ? { minimum: lowest, maximum: "-1" } : { minimum: "1", maximum: highest };
  return {
    name,
    ...((type === "smallint" || type === "integer") && { type }),
    ...(start !== (isDown ? maximum : minimum) && { start }),
    ...(increment !== "1" && { increment }),
    ...(minimum !== usual.minimum && { minimum }),
    ...(maximum !== usual.maximum && { maximum }),
    ...(cache !== "1" && { cache }),
    ...(cycle && { cycle }),
    ...(table !== null && column !== null && { ownedBy: { table, column } }),
  };
}
