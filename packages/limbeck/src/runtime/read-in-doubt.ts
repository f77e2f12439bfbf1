import type { Dialect, Introspection } from "../dialect/dialect.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { readSource } from "./read-source.ts";

/** A schema that no scratch database of the right kind has spelled. */
interface DoubtfulReading extends Introspection {
  readonly serverVersion: string;
  /** Why, and what took its place. */
  readonly doubt: string;
}

async function readOnStandIn(
  source: SchemaSource,
  dialect: Dialect,
  doubt: string,
): Promise<DoubtfulReading | undefined> {
  const standIn = await dialect.openStandIn?.();
  if (standIn === undefined) return undefined;
  try {
    const read = await readSource(source, dialect, () => Promise.resolve(standIn));
    return { ...read, doubt: `${doubt} ${standIn.description} of version ${read.serverVersion} took its place.` };
  } catch (error) {
    // It lacks what the server has, an extension for example.
    if (error instanceof LimbeckError) return undefined;
    throw error;
  }
}

/**
 * The schema that a source describes where no scratch database can be had: as it was written, or, where only an engine can say, from a stand-in of another
 * version.
 *
 * @param doubt why none can be had
 * @param error that said so; thrown where there is no stand-in either
 */
export async function readInDoubt(
  source: SchemaSource,
  dialect: Dialect,
  doubt: string,
  error: unknown,
): Promise<DoubtfulReading> {
  const described = await source.describe?.(dialect);
  if (described !== undefined) {
    const kept = dialect.respellSchema ? dialect.respellSchema(described) : described;
    const schema = source.interpret ? source.interpret(kept) : kept;
    return { schema, unmanaged: [], serverVersion: dialect.oldestVersion, doubt };
  }
  const read = await readOnStandIn(source, dialect, doubt);
  if (read === undefined) throw error;
  return read;
}
