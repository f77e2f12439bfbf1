import { createRequire, SourceMap } from "node:module";
import { systemErrorCode } from "./system-error.ts";

/** What is used of oxc-transform: https://www.npmjs.com/package/oxc-transform */
interface Translator {
  transformSync(
    file: string,
    text: string,
    options: { readonly lang: "ts"; readonly sourcemap: true },
  ): { readonly code: string; readonly map?: SourceMap["payload"]; readonly errors: readonly unknown[] };
}

/** JavaScript, and the way back to the TypeScript it was made from. */
export interface Translation {
  readonly text: string;
  readonly map: SourceMap;
}

function isTranslator(value: unknown): value is Translator {
  return typeof value === "object" && value !== null && "transformSync" in value;
}

/** Looks for the optional package beside the project's file first, then beside this package. */
function findTranslator(path: string): Translator | undefined {
  for (const from of [path, import.meta.url]) {
    try {
      const found: unknown = createRequire(from)("oxc-transform");
      if (isTranslator(found)) return found;
    } catch (error) {
      if (systemErrorCode(error) !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return undefined;
}

/**
 * Turns TypeScript that Node can't run by removing types (enums, namespaces, parameter properties, types imported as values)
 * into JavaScript.
 *
 * @returns undefined when oxc-transform is not installed, or can't translate it either
 */
export function translateTypeScript(path: string, text: string): Translation | undefined {
  const { code, map, errors } = findTranslator(path)?.transformSync(path, text, { lang: "ts", sourcemap: true }) ?? {};
  if (code === undefined || map === undefined || errors?.length !== 0) return undefined;
  return { text: code, map: new SourceMap(map) };
}
