import type { DrizzleKitEntry, DrizzleKitRules } from "../../dialect/dialect.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";

/** What drizzle-kit can do for one engine. */
export interface DrizzleKit {
  /** The statements that create what a module exports, in an empty database. */
  readonly writeStatements: (models: Readonly<Record<string, unknown>>) => Promise<readonly string[]>;
}

/** Imports a module of a package as a project has it; undefined where it has none. */
export type ImportPackage = (module: string) => Promise<object | undefined>;

type KitFunction = (...args: readonly unknown[]) => unknown;

const isFunction = (value: unknown): value is KitFunction => typeof value === "function";

async function loadEntry(importPackage: ImportPackage, entry: DrizzleKitEntry): Promise<DrizzleKit | undefined> {
  const exports = await importPackage(entry.module);
  const find = (name: string): unknown => Object.entries(exports ?? {}).find(([key]) => key === name)?.[1];
  const [snapshot, compare] = [find(entry.snapshot), find(entry.compare)];
  if (!isFunction(snapshot) || !isFunction(compare)) return undefined;
  return {
    async writeStatements(models) {
      const statements = await compare(await snapshot({}), await snapshot(models));
      return Array.isArray(statements) ? statements.map(String) : [];
    },
  };
}

/**
 * Loads drizzle-kit as the project has it.
 *
 * @throws SourceError when it is not installed, or this version of it does not write the statements of the engine
 */
export async function loadDrizzleKit(importPackage: ImportPackage, { entries }: DrizzleKitRules): Promise<DrizzleKit> {
  for (const entry of entries) {
    const kit = await loadEntry(importPackage, entry);
    if (kit) return kit;
  }
  if ((await importPackage("drizzle-kit")) === undefined) throw sourceErrors.drizzleKitMissing({});
  throw sourceErrors.drizzleKitSilent({ modules: entries.map(({ module }) => module) });
}
