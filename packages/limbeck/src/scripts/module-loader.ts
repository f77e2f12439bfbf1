import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { loadModule, type ModuleExports } from "./load-module.ts";
import { readRevisionSource } from "./revision-file.ts";

/** `upgrade` or `downgrade` of a revision: takes the operations object. */
export type RevisionCode = (op: object) => unknown;

/** The code of a revision that is a module. */
export interface RevisionModule {
  readonly upgrade: RevisionCode;
  /** Undefined where there is no way back. */
  readonly downgrade: RevisionCode | undefined;
  /** `export const transactional`: whether it runs in a transaction. Default true. */
  readonly transactional: boolean;
}

const isFunction = (value: unknown): value is RevisionCode => typeof value === "function";

function pickFunction(exports: ModuleExports, name: "upgrade" | "downgrade", path: string): RevisionCode | undefined {
  const value = exports[name];
  if (value === undefined || isFunction(value)) return value;
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
  throw scriptErrors.notAFunction({ path, name, found });
}

/**
 * Loads the code of a revision from text that need not be on disk, as if it stood at `path`: this is how a revision is tried
 * out before it is written.
 *
 * @param path absolute
 * @throws ScriptError when it can't be parsed or loaded, or has no upgrade function
 */
export async function loadRevisionSource(path: string, text: string): Promise<RevisionModule> {
  const loaded = await loadModule(path, text);
  if (!loaded.ok) {
    const { kind, error, ...finding } = loaded.failure;
    throw scriptErrors[kind](finding, error);
  }
  const upgrade = pickFunction(loaded.value, "upgrade", path);
  if (!upgrade) throw scriptErrors.upgradeMissing({ path, exports: Object.keys(loaded.value) });
  const { transactional = true } = loaded.value;
  if (typeof transactional !== "boolean") throw scriptErrors.notTrueOrFalse({ path, name: "transactional" });
  return { upgrade, downgrade: pickFunction(loaded.value, "downgrade", path), transactional };
}

/**
 * Loads the code of a revision file. Nothing is run but the file's top level; a file that has changed is loaded anew.
 *
 * @param path absolute
 * @throws ScriptError when the file can't be read, parsed or loaded, or has no upgrade function
 */
export async function loadRevisionModule(path: string): Promise<RevisionModule> {
  return loadRevisionSource(path, readRevisionSource(path));
}
