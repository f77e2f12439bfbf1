import type { OwnValueRequest, RowRules } from "../../../dialect/row-rules.ts";
import { findBaseType } from "../values/resolve-domain.ts";
import { findLastName } from "../../../ops/expression/last-name.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { encodeValue } from "../codec.ts";
import { parseType } from "../types.ts";

/** Values of the types that come with the server, as it reads them. https://www.postgresql.org/docs/current/datatype.html */
const BUILT_IN: readonly (readonly [RegExp, (serial: number) => string])[] = [
  [/^inet$/, (n) => `10.${(n >> 16) % 256}.${(n >> 8) % 256}.${n % 256}`],
  [/^cidr$/, (n) => `10.${(n >> 8) % 256}.${n % 256}.0/24`],
  [/^macaddr$/, (n) => `08:00:2b:01:${hex(n >> 8)}:${hex(n)}`],
  [/^macaddr8$/, (n) => `08:00:2b:01:02:03:${hex(n >> 8)}:${hex(n)}`],
  [/^(?:int4|int8|num)range$/, (n) => `[${n},${n + 1})`],
  [/^(?:int4|int8|num)multirange$/, (n) => `{[${n},${n + 1})}`],
  [/^(?:date|ts|tstz)range$/, (n) => `[${day(n)},${day(n + 1)})`],
  [/^(?:date|ts|tstz)multirange$/, (n) => `{[${day(n)},${day(n + 1)})}`],
  [/^point$/, (n) => `(${n},1)`],
  [/^line$/, (n) => `{1,2,${n}}`],
  [/^lseg$/, (n) => `[(0,0),(1,${n})]`],
  [/^box$/, (n) => `(${n},1),(0,0)`],
  [/^path$/, (n) => `[(0,0),(1,${n})]`],
  [/^polygon$/, (n) => `((0,0),(1,${n}),(2,2))`],
  [/^circle$/, (n) => `<(0,0),${n + 1}>`],
  [/^interval/, (n) => `${n} seconds`],
  [/^time(?:\(\d+\))? with time zone$/, (n) => `${String(n % 24).padStart(2, "0")}:00:00+00`],
  [/^tsvector$/, (n) => `word${n}`],
  [/^tsquery$/, (n) => `word${n}`],
  [/^xml$/, (n) => `<a>${n}</a>`],
  [/^hstore$/, (n) => `a=>${n}`],
  [/^ltree$/, (n) => `a.b${n}`],
  [/^pg_lsn$/, (n) => `0/${n.toString(16)}`],
];

const BITS = /^bit(?: varying)?(?:\((\d+)\))?$/;
const ARRAY = /^(.*)\[\d*\]$/;
const SUBTYPE = /SUBTYPE = (.*?)(?:, SUBTYPE_OPCLASS| *, [A-Z_]+ =|\)$)/;

const hex = (number: number): string => (number % 256).toString(16).padStart(2, "0");

const day = (number: number): string => new Date(Date.UTC(2024, 0, 1) + number * 86_400_000).toISOString().slice(0, 10);

function makeBits(serial: number, length: number): string {
  return serial.toString(2).padStart(length, "0").slice(-length);
}

function findObject(sql: string, { schema }: OwnValueRequest): DefinedObject | undefined {
  const name = findLastName(sql);
  const kinds = new Set(["domain", "composite type", "range type"]);
  return schema.objects.find((object) => kinds.has(object.kind) && findLastName(object.name) === name);
}

/** Inside a row or a range, everything may stand in quotation marks. */
function quotePart(value: SqlValue | undefined): string {
  const text = value === undefined ? null : encodeValue(value);
  return text === null ? "" : `"${text.replaceAll("\\", String.raw`\\`).replaceAll('"', '""')}"`;
}

/** The types of the attributes, which stand one a line. */
function listAttributes(definition: string): readonly string[] {
  return definition
    .split("\n")
    .slice(1, -1)
    .map((line) => line.trim().replace(/,$/, ""))
    .map((line) => line.replace(/^(?:"(?:[^"]|"")*"|\S+) /, "").replace(/ COLLATE \S+$/, ""));
}

function listObjectValues(object: DefinedObject, request: OwnValueRequest): readonly SqlValue[] {
  const { kind, definition } = object;
  const first = (sql: string): SqlValue | undefined => request.make(parseType(sql))[0];
  if (kind === "composite type") return [`(${listAttributes(definition).map(first).map(quotePart).join(",")})`];
  if (kind === "range type") {
    const bound = quotePart(first(SUBTYPE.exec(definition)?.[1] ?? "integer"));
    return [`[${bound},${bound}]`];
  }
  const plain = request.make(parseType(findBaseType(object) ?? "text"));
  const conditions = definition.slice(definition.indexOf("\n") + 1 || definition.length);
  return conditions.includes("CHECK") ? [...plain, ...request.suggest(conditions)] : plain;
}

/** Values of the types that only PostgreSQL has, and of those that somebody has defined. */
export const listOwnValues: RowRules["listOwnValues"] = (type, request) => {
  if (type.kind !== "raw") return undefined;
  const { sql } = type;
  const [, element] = ARRAY.exec(sql) ?? [];
  if (element !== undefined) return request.make(parseType(element)).map((value) => [value]);
  const bits = BITS.exec(sql);
  if (bits) return [makeBits(request.serial, Number(bits[1] ?? "1"))];
  const object = findObject(sql, request);
  if (object) return listObjectValues(object, request);
  const builtIn = BUILT_IN.find(([words]) => words.test(sql));
  return builtIn && [builtIn[1](request.serial)];
};
