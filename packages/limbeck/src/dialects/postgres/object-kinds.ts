import { findHead } from "./function-head.ts";
import { dropGrants } from "./grants.ts";
import { quoteBeside, quoteName, splitName, splitSignature } from "./names.ts";
import { tokenize } from "./parse/tokenize.ts";
import type { DefinedObject } from "../../schema/model/defined-object.ts";

/** What is to be known about a kind of object. */
export interface ObjectKind {
  /** Whether tables may need it, or it needs none. */
  readonly isBeforeTables: boolean;
  /** Whether statements can speak of it by its name. */
  readonly isCalled: boolean;
  /** Whether it only says something of others. */
  readonly isSaying?: true;
  /** The statement that takes it away, or several. */
  readonly drop: (object: DefinedObject) => string;
  /** Whether a schema that has none of the kind says nothing about it. */
  readonly mayGoUnsaid?: true;
  /** What of its definition counts in a comparison. Default: all of it. */
  readonly findComparedText?: (definition: string) => string;
  /** Where it names what it holds on to. Default: in all of its definition. */
  readonly findHoldingText?: (definition: string) => string;
}

const dropNamed =
  (words: string) =>
  ({ name }: DefinedObject): string =>
    `DROP ${words} ${quoteName(name)}`;

const dropRoutine =
  (words: string, nothing = "") =>
  (object: DefinedObject): string => {
    const { name, types } = splitSignature(object.name);
    return `DROP ${words} ${quoteName(name)}(${types === "" ? nothing : types})`;
  };

/** What stands before ` on table` in the name of something that each table has names of its own for; it is quoted already. */
function findOwnName({ name, table = "" }: DefinedObject): string {
  const end = ` on ${table}`;
  return name.endsWith(end) ? name.slice(0, -end.length) : name;
}

const dropOfTable =
  (words: string) =>
  (object: DefinedObject): string =>
    `DROP ${words} ${findOwnName(object)} ON ${quoteName(object.table ?? "")}`;

/** A note is taken away by an empty one. */
function dropComment({ definition }: DefinedObject): string {
  const text = tokenize(definition).at(-1);
  return `${definition.slice(0, text?.start ?? 0)}NULL`;
}

/** The kinds of objects that PostgreSQL keeps as definitions, by the words that the model has for them. */
const OBJECT_KINDS: Readonly<Record<string, ObjectKind>> = {
  schema: { isBeforeTables: true, isCalled: true, drop: dropNamed("SCHEMA") },
  extension: { isBeforeTables: true, isCalled: true, drop: dropNamed("EXTENSION") },
  domain: { isBeforeTables: true, isCalled: true, drop: dropNamed("DOMAIN") },
  "composite type": { isBeforeTables: true, isCalled: true, drop: dropNamed("TYPE") },
  "range type": { isBeforeTables: true, isCalled: true, drop: dropNamed("TYPE") },
  collation: { isBeforeTables: true, isCalled: true, drop: dropNamed("COLLATION") },
  function: { isBeforeTables: true, isCalled: true, drop: dropRoutine("FUNCTION"), findHoldingText: findHead },
  procedure: { isBeforeTables: true, isCalled: true, drop: dropRoutine("PROCEDURE"), findHoldingText: findHead },
  aggregate: { isBeforeTables: true, isCalled: true, drop: dropRoutine("AGGREGATE", "*") },
  "materialized view": {
    isBeforeTables: false,
    isCalled: true,
    drop: dropNamed("MATERIALIZED VIEW"),
    // Whether it has been filled is a matter of its rows.
    findComparedText: (definition) => definition.replace(/\s+WITH (?:NO )?DATA\s*$/i, ""),
  },
  index: {
    isBeforeTables: false,
    isCalled: true,
    drop: ({ name, table = "" }) => `DROP INDEX ${quoteBeside(splitName(name).name, table)}`,
  },
  policy: { isBeforeTables: false, isCalled: false, drop: dropOfTable("POLICY") },
  rule: { isBeforeTables: false, isCalled: false, drop: dropOfTable("RULE") },
  "exclusion constraint": {
    isBeforeTables: false,
    isCalled: false,
    drop: (object) => `ALTER TABLE ${quoteName(object.table ?? "")} DROP CONSTRAINT ${findOwnName(object)}`,
  },
  statistics: { isBeforeTables: false, isCalled: false, drop: dropNamed("STATISTICS") },
  "event trigger": {
    isBeforeTables: false,
    isCalled: false,
    drop: ({ name }) => `DROP EVENT TRIGGER ${name}`,
  },
  comment: { isBeforeTables: false, isCalled: false, isSaying: true, drop: dropComment },
  grants: { isBeforeTables: false, isCalled: false, isSaying: true, mayGoUnsaid: true, drop: dropGrants },
  "default privileges": { isBeforeTables: false, isCalled: false, isSaying: true, mayGoUnsaid: true, drop: dropGrants },
};

/** A kind, if PostgreSQL has it. */
export function findObjectKind(kind: string): ObjectKind | undefined {
  return Object.hasOwn(OBJECT_KINDS, kind) ? OBJECT_KINDS[kind] : undefined;
}
