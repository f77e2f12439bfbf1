import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import { findNoted } from "../find-noted.ts";
import type { CatalogueObject } from "./catalogue/objects.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueOwnSequence } from "./catalogue/sequences.ts";

/** What an object needs is found by where the object is. */
const addressOf = (catalogue: string | null, oid: number | null): string => `${catalogue} ${oid}`;

/** The objects that the catalogue describes, with what they need. */
export function buildObjects({
  objects,
  dependencies,
}: Pick<Catalogue, "objects" | "dependencies">): readonly DefinedObject[] {
  const needs = Map.groupBy(dependencies, ({ catalogue, oid }) => addressOf(catalogue, oid));
  return objects.map((object) =>
    buildObject(object, needs.get(addressOf(object.catalogue, object.oid))?.map(({ name }) => name) ?? []),
  );
}

function buildObject(found: CatalogueObject, needs: readonly string[]): DefinedObject {
  const { kind, name, definition, table } = found;
  const noted = findNoted(found);
  const depends = [...needs, ...(noted ? [noted.name] : [])];
  return {
    kind,
    name,
    definition: definition.trim().replace(/;$/, "").trimEnd(),
    ...(table !== null && { table }),
    ...(depends.length > 0 && { dependsOn: depends }),
  };
}

const RANGES: Readonly<Record<string, readonly [lowest: string, highest: string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

/** The sequence that the catalogue describes; what it does by default goes without saying. */
export function buildSequence(found: CatalogueOwnSequence): Sequence {
  const { name, type, start, increment, minimum, maximum, cache, cycle, unlogged, table, column } = found;
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
    ...(unlogged && { unlogged }),
    ...(table !== null && column !== null && { ownedBy: { table, column } }),
  };
}
