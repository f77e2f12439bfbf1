import type { DrizzleKitEntry, DrizzleKitRules } from "../../dialect/dialect.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";

/** What drizzle-kit can do for one engine. */
export interface DrizzleKit {
  /** The statements that create what a module exports, in an empty database. */
  readonly writeStatements: (models: Readonly<Record<string, unknown>>) => Promise<readonly string[]>;
}

/** How drizzle-kit spells the names that models leave to it. */
export type DrizzleCasing = "snake_case" | "camelCase";

/** Imports a module of a package as a project has it; undefined where it has none. */
export type ImportPackage = (module: string) => Promise<object | undefined>;

/** Which drizzle-kit, and how it is used. */
export interface KitOptions {
  readonly importPackage: ImportPackage;
  /** Default: names are those of the properties. */
  readonly casing?: DrizzleCasing;
}

type KitFunction = (...args: readonly unknown[]) => unknown;

const isFunction = (value: unknown): value is KitFunction => typeof value === "function";

async function loadEntry(
  { importPackage, casing }: KitOptions,
  entry: DrizzleKitEntry,
): Promise<DrizzleKit | undefined> {
  const exports = await importPackage(entry.module);
  const find = (name: string): unknown => Object.entries(exports ?? {}).find(([key]) => key === name)?.[1];
  const [snapshot, compare] = [find(entry.snapshot), find(entry.compare)];
  if (!isFunction(snapshot) || !isFunction(compare)) return undefined;
  const spelling = casing === undefined ? [] : [...Array.from({ length: entry.casingAt - 1 }, () => undefined), casing];
  return {
    async writeStatements(models) {
      const statements = await compare(await snapshot({}), await snapshot(models, ...spelling));
      return Array.isArray(statements) ? statements.map(String) : [];
    },
  };
}

/**
 * Loads drizzle-kit as the project has it.
 *
 * @throws SourceError when it is not installed, or this version of it does not write the statements of the engine
 */
export async function loadDrizzleKit(options: KitOptions, { entries }: DrizzleKitRules): Promise<DrizzleKit> {
  for (const entry of entries) {
    const kit = await loadEntry(options, entry);
    if (kit) return kit;
  }
  if ((await options.importPackage("drizzle-kit")) === undefined) throw sourceErrors.drizzleKitMissing({});
  throw sourceErrors.drizzleKitSilent({ modules: entries.map(({ module }) => module) });
}
