import type { Connection } from "../../dialect/connection.ts";
import type { Dialect, DrizzleKitRules } from "../../dialect/dialect.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { isDrizzleTable, listTableKinds } from "./drizzle-entity.ts";
import { loadDrizzleKit, type KitOptions } from "./load-drizzle-kit.ts";

/** What a module of Drizzle's models exports, and how it is read. */
export interface DrizzleModels extends KitOptions {
  readonly exports: Readonly<Record<string, unknown>>;
}

function requireRules({ exports }: DrizzleModels, { name, drizzle }: Dialect): DrizzleKitRules {
  const kinds = Object.values(exports).filter(isDrizzleTable).map(listTableKinds);
  const stranger = kinds.find((kind) => !drizzle || !kind.includes(drizzle.tableKind));
  if (drizzle && !stranger) return drizzle;
  throw sourceErrors.drizzleOtherEngine({ found: stranger?.[0] ?? "", engine: name });
}

async function writeStatements(models: DrizzleModels, rules: DrizzleKitRules): Promise<readonly string[]> {
  const kit = await loadDrizzleKit(models, rules);
  try {
    return await kit.writeStatements(models.exports);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw sourceErrors.drizzleKitFails({ message, statement: undefined }, error);
  }
}

/**
 * Creates what models of Drizzle describe in an empty database, with the statements that drizzle-kit writes for them: so what Drizzle means by them is
 * never a matter of opinion.
 *
 * @throws SourceError when the models are of another engine, drizzle-kit is not there or fails, or the engine refuses a statement
 */
export async function buildDrizzleModels(scratch: Connection, dialect: Dialect, models: DrizzleModels): Promise<void> {
  for (const statement of await writeStatements(models, requireRules(models, dialect))) {
    await scratch.execute(statement).catch((error: unknown) => {
      throw sourceErrors.drizzleKitFails({ message: dialect.describeDatabaseError(error), statement }, error);
    });
  }
}
