import type { DefinedObject } from "../../schema/model/defined-object.ts";
import { findSignature, isServersWords } from "./function-head.ts";
import { replaceGrants } from "./grants.ts";
import { quoteName } from "./names.ts";

/** The statements that give an object another definition in its place; undefined where there are none. */
type Replace = (from: DefinedObject, to: DefinedObject) => readonly string[] | undefined;

const replaceRoutine: Replace = (from, to) => {
  const isOther = findSignature(from.definition) !== findSignature(to.definition);
  // What a person wrote may mean the same in other words; if not, the server says so.
  if (isOther && isServersWords(from.definition) && isServersWords(to.definition)) return undefined;
  return [to.definition.replace(/^\s*CREATE\s+(?!OR\s)/i, "CREATE OR REPLACE ")];
};

const byLine = ({ definition }: DefinedObject): readonly string[] => definition.split(/\n {2}(?=\S)/);

const CONSTRAINT = /^CONSTRAINT ("(?:[^"]|"")*"|\S+) /;

/** A domain as the introspection writes it, one clause a line. */
function readDomain(object: DefinedObject) {
  const [head = "", ...clauses] = byLine(object);
  return {
    head,
    default: clauses.find((clause) => clause.startsWith("DEFAULT ")),
    notNull: clauses.includes("NOT NULL"),
    constraints: clauses.filter((clause) => CONSTRAINT.test(clause)),
  };
}

const replaceDomain: Replace = (from, to) => {
  const [before, after] = [readDomain(from), readDomain(to)];
  if (before.head !== after.head) return undefined;
  const own = `ALTER DOMAIN ${quoteName(to.name)}`;
  const gone = before.constraints.filter((clause) => !after.constraints.includes(clause));
  const added = after.constraints.filter((clause) => !before.constraints.includes(clause));
  return [
    ...gone.map((clause) => `${own} DROP CONSTRAINT ${CONSTRAINT.exec(clause)?.[1] ?? ""}`),
    ...(before.default === after.default
      ? []
      : [after.default === undefined ? `${own} DROP DEFAULT` : `${own} SET ${after.default}`]),
    ...(before.notNull === after.notNull ? [] : [`${own} ${after.notNull ? "SET" : "DROP"} NOT NULL`]),
    ...added.map((clause) => `${own} ADD ${clause}`),
  ];
};

const ATTRIBUTE = /^("(?:[^"]|"")*"|\S+) (.*)$/s;

function readAttributes({ definition }: DefinedObject): ReadonlyMap<string, string> {
  const body = definition.slice(definition.indexOf("(") + 1, definition.lastIndexOf(")")).trim();
  const lines = body === "" ? [] : body.split(/,\n\s*/);
  return new Map(lines.map((line) => [ATTRIBUTE.exec(line)?.[1] ?? line, ATTRIBUTE.exec(line)?.[2] ?? ""]));
}

/** New attributes come last, so that only they can be added; one that goes takes what rows hold in it, which nobody would hear of. */
const replaceComposite: Replace = (from, to) => {
  const [before, after] = [readAttributes(from), readAttributes(to)];
  const kept = [...before.keys()];
  if ([...after.keys()].slice(0, kept.length).join() !== kept.join()) return undefined;
  const own = `ALTER TYPE ${quoteName(to.name)}`;
  return [
    ...kept
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => `${own} ALTER ATTRIBUTE ${name} TYPE ${after.get(name) ?? ""}`),
    ...[...after].filter(([name]) => !before.has(name)).map(([name, type]) => `${own} ADD ATTRIBUTE ${name} ${type}`),
  ];
};

/** Roles and conditions can change, but a condition cannot go. */
const replacePolicy: Replace = (from, to) => {
  const [before, after] = [byLine(from), byLine(to)];
  const isFixed = (clause: string): boolean => /^(?:AS|FOR) /.test(clause);
  const fixed = (clauses: readonly string[]): string => clauses.slice(1).filter(isFixed).join("\n");
  const words = (clauses: readonly string[]): readonly string[] =>
    clauses.slice(1).map((clause) => clause.split(" ", 1)[0] ?? "");
  if (before[0] !== after[0] || fixed(before) !== fixed(after)) return undefined;
  if (!words(before).every((word) => words(after).includes(word))) return undefined;
  const [head = "", ...clauses] = after;
  return [[head.replace(/^CREATE/, "ALTER"), ...clauses.filter((clause) => !isFixed(clause))].join("\n  ")];
};

/** Only the schema of an extension is kept. */
const replaceExtension: Replace = (_from, to) => {
  const schema = /WITH SCHEMA (.*)$/.exec(to.definition)?.[1];
  return schema === undefined ? undefined : [`ALTER EXTENSION ${quoteName(to.name)} SET SCHEMA ${schema}`];
};

const REPLACE: Readonly<Record<string, Replace>> = {
  function: replaceRoutine,
  procedure: replaceRoutine,
  domain: replaceDomain,
  "composite type": replaceComposite,
  policy: replacePolicy,
  extension: replaceExtension,
  comment: (_from, to) => [to.definition],
  grants: replaceGrants,
  "default privileges": replaceGrants,
};

/** The statements that give an object another definition while others depend on it; undefined where it has to be made anew. */
export function replaceInPlace(from: DefinedObject, to: DefinedObject): readonly string[] | undefined {
  return Object.hasOwn(REPLACE, to.kind) ? REPLACE[to.kind]?.(from, to) : undefined;
}

/** Whether an object can get another definition while others depend on it: types are made anew with all columns of them. */
export function canReplace(from: DefinedObject, to: DefinedObject): boolean {
  return ["domain", "composite type", "range type"].includes(to.kind) || replaceInPlace(from, to) !== undefined;
}
