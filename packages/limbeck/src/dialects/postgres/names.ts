import { quoteIdentifier } from "./quote.ts";

/** A name of the model in its two parts. */
export interface NameParts {
  /** Undefined for what is in the first schema of the search path. */
  readonly schema: string | undefined;
  readonly name: string;
}

const PARTS = /"(?:[^"]|"")*"|[^."]+/g;

const NEEDS_QUOTES = /[."]/;

const unquote = (part: string): string => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part);

/**
 * Takes a name of the model apart: `todos`, `app.todos`, `"a.b".todos`.
 *
 * @example
 * splitName('"a.b".todos'); // { schema: "a.b", name: "todos" }
 */
export function splitName(name: string): NameParts {
  // As most names are.
  if (!NEEDS_QUOTES.test(name)) return { schema: undefined, name };
  const parts = (name.match(PARTS) ?? [name]).map(unquote);
  return parts.length < 2 ? { schema: undefined, name: parts[0] ?? name } : { schema: parts[0], name: parts[1] ?? "" };
}

const writePart = (part: string): string => (NEEDS_QUOTES.test(part) ? quoteIdentifier(part) : part);

/** The name of the model for something; the opposite of {@link splitName}. */
export function joinName({ schema, name }: NameParts): string {
  return schema === undefined ? writePart(name) : `${writePart(schema)}.${writePart(name)}`;
}

/** A name of the model in SQL. */
export function quoteName(name: string): string {
  const { schema, name: own } = splitName(name);
  return schema === undefined ? quoteIdentifier(own) : `${quoteIdentifier(schema)}.${quoteIdentifier(own)}`;
}

/** Something that has no name of the model but stands in the schema of something that has. */
export function quoteBeside(name: string, other: string): string {
  const { schema } = splitName(other);
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

const SIGNATURE = /^((?:"(?:[^"]|"")*"|[^("])*)\((.*)\)$/s;

/** A routine of the model: its name, and the types of its arguments as the server writes them. */
export function splitSignature(name: string): { readonly name: string; readonly types: string } {
  const [, own = name, types = ""] = SIGNATURE.exec(name) ?? [];
  return { name: own, types };
}
