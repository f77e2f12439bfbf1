import { fileURLToPath } from "node:url";
import type { SourceLocation } from "../kernel/errors/source-location.ts";
import { FailureReader, findSyntaxPlace, type ModuleFailure } from "./module-failure.ts";
import { chooseModuleFormat, isTypeScript } from "./module-format.ts";
import { ModuleHooks, type FilePlace } from "./module-hooks.ts";
import { importNatively } from "./native-import.ts";
import { systemErrorCode } from "./system-error.ts";
import { translateTypeScript } from "./translate-typescript.ts";

/** What a module exports. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** What came of loading something. */
export type Loaded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: ModuleFailure };

/**
 * The one state that this layer keeps: Node has one set of hooks per process, and a module that was imported stays imported, so
 * what was loaded has to be remembered for as long. Nobody else sees it. See {@link ModuleHooks}.
 */
const hooks = new ModuleHooks();
const failures = new FailureReader(hooks);

/** Translates the file that Node could not run as it is; false when that is not what went wrong, or can't be helped. */
function translateFailed(error: unknown): boolean {
  const isUnsupported = systemErrorCode(error) === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX";
  const isTypeAsValue = error instanceof SyntaxError && error.message.includes("does not provide an export named");
  const url = isUnsupported || isTypeAsValue ? findSyntaxPlace(error)?.url : undefined;
  if (url === undefined) return false;
  const path = fileURLToPath(url.replace(/\?.*$/, ""));
  const text = hooks.readText(url);
  if (text === undefined || !isTypeScript(path)) return false;
  const translation = translateTypeScript(path, text);
  if (!translation) return false;
  const format = chooseModuleFormat(path, text).startsWith("module") ? "module" : "commonjs";
  return hooks.replace(url, { ...translation, format });
}

/** What no program begins with; behind a text it makes sure that parsing it fails, so that it never runs. */
const UNPARSABLE = "\n@@@";

/** V8 does not say where a syntax error is. Node's TypeScript parser does, so the files in question are given to it as well. */
async function findSyntaxErrorByParsing(urls: readonly string[]): Promise<FilePlace | undefined> {
  for (const url of urls) {
    const text = hooks.readText(url);
    if (text === undefined) continue;
    const error = await importNatively(hooks.enterForParsing(url, text + UNPARSABLE)).catch(
      (thrown: unknown) => thrown,
    );
    const place = findSyntaxPlace(error);
    if (place && place.line <= text.split("\n").length) return { ...place, url };
  }
  return undefined;
}

/**
 * Runs something that imports files of a project, for example the `models` function of a config, and sorts out why it failed.
 *
 * @param path where the loading begins, for errors that name no place
 * @param load called again after a file was translated
 */
export async function tryLoading<Value>(path: string, load: () => Promise<Value>): Promise<Loaded<Value>> {
  for (;;) {
    try {
      return { ok: true, value: await load() };
    } catch (error) {
      if (translateFailed(error)) continue;
      const failure = failures.read(error, path);
      if (failure.kind !== "syntaxError" || failure.location.line !== undefined) return { ok: false, failure };
      const place = await findSyntaxErrorByParsing(hooks.listReachable(path));
      return { ok: false, failure: place ? failures.read(error, path, place) : failure };
    }
  }
}

/** What a CommonJS module exports, with all of it as the default export, as Node gives it. */
function listCommonJsExports(namespace: object): ModuleExports {
  const exports: unknown = "default" in namespace ? namespace.default : undefined;
  return typeof exports === "object" ? { default: exports, ...exports } : { default: exports };
}

/**
 * Loads a module from its text, as if the text stood at `path`. The same text at the same path is loaded once; after a
 * change it is loaded anew. Works whatever package.json says about the type of modules.
 *
 * @param path absolute; relative imports and packages are looked up from there
 */
export function loadModule(path: string, text: string): Promise<Loaded<ModuleExports>> {
  const url = hooks.enter(path, text);
  const isModule = chooseModuleFormat(path, text).startsWith("module");
  return tryLoading(path, async () => {
    const namespace = await importNatively(url);
    return isModule ? { ...namespace } : listCommonJsExports(namespace);
  });
}

/**
 * Where in a file something happened, as the file was written even if Node was given a translation of it.
 *
 * @param error what was thrown, or an error made only for its stack
 * @param path absolute path of the file
 * @returns the innermost call in the file; undefined when it is not on the stack
 */
export function locateError(error: unknown, path: string): SourceLocation | undefined {
  return failures.locate(error, path);
}
