import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { sourceErrors } from "../kernel/errors/source-errors.ts";
import { createModelsSource } from "../sources/models/models-source.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { createSqlSource } from "../sources/sql/sql-source.ts";
import { loadModels } from "./load-models.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

/** Whether a path leads to a module of TypeScript or JavaScript. */
const isModulePath = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** The line of the config, from 1, in which `models` stands behind a comment mark, as `init` writes it; undefined where there is none. */
function findCommentedModels(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const index = lines.findIndex((line) => /^\s*\/\/\s*models\s*:/.test(line));
  return index === -1 ? undefined : index + 1;
}

/**
 * The source of the target schema that the config names under `models`: a path leads to SQL, everything else to models. Nothing is
 * read yet.
 *
 * @throws SourceError when the config names none, or names a module that only an import can load
 */
export function openSource(config: ResolvedConfig): SchemaSource {
  const { models, path } = config;
  if (models === undefined) throw sourceErrors.modelsMissing({ configPath: path, line: findCommentedModels(path) });
  if (typeof models !== "string") return createModelsSource(() => loadModels(config), config.namingConvention);
  if (isModulePath(models)) throw sourceErrors.modelsNotImported({ configPath: path, module: models });
  return createSqlSource(resolve(dirname(path), models));
}
