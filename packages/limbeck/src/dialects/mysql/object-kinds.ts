import type { ObjectName } from "../../schema/model/defined-object.ts";

/** What is to be known about a kind of object. */
export interface ObjectKind {
  /** Whether statements can speak of it by its name alone. */
  readonly isCalled: boolean;
  /** The word that CREATE, DROP and SHOW CREATE have for it. */
  readonly word: string;
  /** Whether those words are understood only in the mode in which it was made. */
  readonly isOfMode?: true;
}

/** The kinds of objects that are kept as definitions, by the words that the model has for them. */
const OBJECT_KINDS: ReadonlyMap<string, ObjectKind> = new Map<string, ObjectKind>([
  ["function", { isCalled: true, word: "FUNCTION" }],
  ["procedure", { isCalled: true, word: "PROCEDURE" }],
  ["package", { isCalled: true, word: "PACKAGE", isOfMode: true }],
  ["package body", { isCalled: false, word: "PACKAGE BODY", isOfMode: true }],
  ["event", { isCalled: false, word: "EVENT" }],
]);

/** A kind, if these engines have it. */
export function findObjectKind(kind: string): ObjectKind | undefined {
  return OBJECT_KINDS.get(kind);
}

/** What texts call an object; undefined where none can speak of it. */
export function findCalledName({ kind, name }: ObjectName): string | undefined {
  return findObjectKind(kind)?.isCalled ? name : undefined;
}
