import { isNumber, type ValueKind } from "./value-kind.ts";

/** Pairs of types, and of kinds of them, between which the server converts where a value is assigned, of those that differ: `SELECT * FROM pg_cast WHERE castcontext <> 'e'`. */
const ASSIGNED: ReadonlySet<string> = new Set([
  "date -> timestamp without time zone",
  "date -> timestamp with time zone",
  "timestamp without time zone -> date",
  "timestamp without time zone -> time without time zone",
  "timestamp without time zone -> timestamp with time zone",
  "timestamp with time zone -> date",
  "timestamp with time zone -> time without time zone",
  "timestamp with time zone -> time with time zone",
  "timestamp with time zone -> timestamp without time zone",
  "time without time zone -> time with time zone",
  "time without time zone -> interval",
  "time with time zone -> time without time zone",
  "interval -> time without time zone",
  "json -> jsonb",
  "jsonb -> json",
  "bit -> bit varying",
  "bit varying -> bit",
  // The other way round the server would cut what a network has no place for; as text it refuses that.
  "cidr -> inet",
  "macaddr -> macaddr8",
  "macaddr8 -> macaddr",
  "integer -> money",
  "bigint -> money",
  "numeric -> money",
  "money -> numeric",
  "box -> polygon",
  "path -> polygon",
  "point -> box",
  "polygon -> path",
  "oid -> integer",
  "oid -> bigint",
]);

/** Numbers become names of objects, and those of one kind numbers. */
function isBetweenObjects(from: ValueKind, to: ValueKind): boolean {
  if (to.family !== "object") return from.family === "object" && to.name === "oid";
  return from.family === "whole" || from.name === "oid";
}

const isBetweenTypes = (from: ValueKind, to: ValueKind): boolean =>
  from.name === to.name ||
  ASSIGNED.has(`${from.name} -> ${to.name}`) ||
  (isNumber(from) && isNumber(to)) ||
  isBetweenObjects(from, to);

/** Whether the server converts by itself where a value is assigned. https://www.postgresql.org/docs/current/typeconv-query.html */
export function isAssignable(from: ValueKind | undefined, to: ValueKind | undefined): boolean {
  // Every type becomes text.
  if (to?.family === "text") return true;
  if (from === undefined || to === undefined) return false;
  if (from.family !== "list" && to.family !== "list") return isBetweenTypes(from, to);
  return from.family === to.family && from.element !== undefined && isAssignable(from.element, to.element);
}
