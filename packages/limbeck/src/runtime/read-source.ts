import type { Dialect, Introspection } from "../dialect/dialect.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { withScratch, type OpenScratch } from "./scratch.ts";

/** What a database of some version holds. */
export interface Reading extends Introspection {
  readonly serverVersion: string;
}

/**
 * What a source makes of an empty database, as the engine says it: with the engine's spelling of defaults, expressions and types, so that it compares with
 * what is read from a live database.
 *
 * @throws SourceError when the source cannot be used
 */
export async function readBuilt(source: SchemaSource, dialect: Dialect, open: OpenScratch): Promise<Reading> {
  return withScratch(open, async (scratch) => {
    await source.build(scratch, dialect);
    return { ...(await dialect.introspect(scratch)), serverVersion: scratch.serverVersion };
  });
}

/** What a source means by what was read. */
export function interpretReading({ interpret }: SchemaSource, { schema, ...rest }: Reading): Reading {
  return { ...rest, schema: interpret ? interpret(schema) : schema };
}

/**
 * The schema that a source describes, as the engine itself says it after having created it.
 *
 * @throws SourceError when the source cannot be used
 */
export async function readSource(source: SchemaSource, dialect: Dialect, open: OpenScratch): Promise<Reading> {
  return interpretReading(source, await readBuilt(source, dialect, open));
}
