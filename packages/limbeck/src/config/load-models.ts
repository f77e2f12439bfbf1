import { sourceErrors } from "../kernel/errors/source-errors.ts";
import { isModelDefinition, modelKindOf, type ModelDefinition } from "../schema/builder/table-definition.ts";
import { tryLoading } from "../scripts/load-module.ts";
import { isDrizzleTable } from "../sources/drizzle/drizzle-entity.ts";
import type { LoadedModels } from "../sources/models/models-source.ts";
import { importPackage } from "../scripts/import-package.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

interface FoundModel {
  readonly model: ModelDefinition;
  /** The export, or the place in a list or an object. */
  readonly place: string;
}

/** Lists, plain objects and modules hold models; whatever else a models file exports may hold half the application. */
function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Array.isArray(value);
}

/** Models in a value: the value itself, or what a list, an object or a module holds, to any depth; each object is looked into once. */
function collectModels(value: unknown, place: string, seen: Set<unknown> = new Set()): readonly FoundModel[] {
  if (isModelDefinition(value)) return [{ model: value, place: place === "" ? "models" : place }];
  if (!isContainer(value) || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, entry]) =>
    collectModels(entry, place === "" ? key : `${place}.${key}`, seen),
  );
}

/** What nothing else may be called: relations share their names, and everything else has names of its own kind. */
function keyOf(model: ModelDefinition): { readonly realm: string; readonly name: string } {
  if ("view" in model) return { realm: "relation", name: model.view.name };
  if ("trigger" in model) return { realm: "trigger", name: `${model.trigger.name} ${model.trigger.table}` };
  if ("enum" in model) return { realm: "enum", name: model.enum.name };
  if ("sequence" in model) return { realm: "relation", name: model.sequence.name };
  if ("object" in model) return { realm: model.object.kind, name: model.object.name };
  return { realm: "relation", name: model.name };
}

function refuseDuplicates(found: readonly FoundModel[]): void {
  const byName = Map.groupBy(found, ({ model }) => `${keyOf(model).realm} ${keyOf(model).name}`);
  for (const same of byName.values()) {
    const [first, ...others] = same;
    if (!first || others.every(({ model }) => model === first.model)) continue;
    throw sourceErrors.duplicateModel({
      kind: modelKindOf(first.model) ?? "",
      name: keyOf(first.model).name,
      places: same.map(({ place }) => place),
    });
  }
}

async function readModels(config: ResolvedConfig): Promise<unknown> {
  const { models, path } = config;
  if (typeof models !== "function") return models;
  const loaded = await tryLoading(path, async (): Promise<unknown> => models());
  if (loaded.ok) return loaded.value;
  const { location, message, fix, error } = loaded.failure;
  throw sourceErrors.modelsBroken({ location, message, ...(fix !== undefined && { fix }) }, error);
}

/** Whatever a value holds that is no container, by its place; what a model is made of is none of it. */
function collectLeaves(
  value: unknown,
  place: string,
  seen: Set<unknown> = new Set(),
): readonly (readonly [string, unknown])[] {
  if (!isContainer(value) || isModelDefinition(value)) return [[place, value]];
  if (seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, entry]) =>
    collectLeaves(entry, place === "" ? key : `${place}.${key}`, seen),
  );
}

/**
 * The models that the config imports, of `limbeck/schema` or of Drizzle.
 *
 * @throws SourceError when there are none, they cannot be loaded, two have the same name, or they are of both kinds
 */
export async function loadModels(config: ResolvedConfig): Promise<LoadedModels> {
  const value = await readModels(config);
  const found = collectModels(value, "");
  const leaves = collectLeaves(value, "");
  const table = leaves.find(([, leaf]) => isDrizzleTable(leaf));
  const [first] = found;
  if (table && first) throw sourceErrors.mixedModels({ limbeck: first.place, drizzle: table[0] });
  if (table)
    return {
      kind: "drizzle",
      exports: Object.fromEntries(leaves),
      importPackage: (module) => importPackage(config.path, module),
      ...(config.drizzleCasing && { casing: config.drizzleCasing }),
    };
  if (!first) {
    const exports = typeof value === "object" && value !== null ? Object.keys(value) : [];
    throw sourceErrors.noModels({ configPath: config.path, ...(typeof config.models === "function" && { exports }) });
  }
  refuseDuplicates(found);
  return { kind: "limbeck", models: [...new Set(found.map(({ model }) => model))] };
}
