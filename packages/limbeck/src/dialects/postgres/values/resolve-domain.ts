import { findLastName } from "../../../ops/expression/last-name.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { parseType } from "../types.ts";

const DOMAIN = /^CREATE DOMAIN .*? AS (?<base>.+?)(?: COLLATE \S+)?(?:\n[^]*)?$/;
const ARRAY = /^(?<element>.*)(?<ends>(?:\[\d*\])+)$/;

/** What a domain is made of, as its definition says; undefined for what is none. */
export function findBaseType({ kind, definition }: DefinedObject): string | undefined {
  return kind === "domain" ? DOMAIN.exec(definition)?.groups?.["base"] : undefined;
}

/** The type that a domain is made of, also where domains are made of domains, and in arrays; any other type itself. */
export function resolveDomain(type: ColumnType, objects: readonly DefinedObject[]): ColumnType {
  if (type.kind !== "raw") return type;
  const { element = type.sql, ends = "" } = ARRAY.exec(type.sql)?.groups ?? {};
  const name = findLastName(element);
  // Another schema may have one of the same name.
  const exact = objects.filter((object) => object.name === element);
  const base = [...exact, ...objects.filter((object) => findLastName(object.name) === name)]
    .map(findBaseType)
    .find((one) => one !== undefined);
  return base === undefined || base === element ? type : resolveDomain(parseType(`${base}${ends}`), objects);
}
