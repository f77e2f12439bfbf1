import type { Dialect, Introspection } from "../dialect/dialect.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { withScratch, type OpenScratch } from "./scratch.ts";

/**
 * The schema that a source describes, as the engine itself says it after having created it: with the engine's spelling of defaults,
 * expressions and types, so that it compares with what is read from a live database.
 *
 * @throws SourceError when the source cannot be used
 */
export async function readSource(
  source: SchemaSource,
  dialect: Dialect,
  open: OpenScratch,
): Promise<Introspection & { readonly serverVersion: string }> {
  return withScratch(open, async (scratch) => {
    await source.build(scratch, dialect);
    const { schema, ...rest } = await dialect.introspect(scratch);
    const meant = source.interpret ? source.interpret(schema) : schema;
    return { ...rest, schema: meant, serverVersion: scratch.serverVersion };
  });
}
