import { hasModuleSyntax } from "./module-syntax.ts";

/** How Node is told to treat a file. */
export type ModuleFormat = "module" | "commonjs" | "module-typescript" | "commonjs-typescript";

const EXTENSION = /\.([cm]?)([jt])s$/;

/** Whether a path or URL is one of a file that may hold JavaScript or TypeScript. */
export function isScript(path: string): boolean {
  return EXTENSION.test(path);
}

/** Whether a path or URL is one of a TypeScript file. */
export function isTypeScript(path: string): boolean {
  return EXTENSION.exec(path)?.[2] === "t";
}

/**
 * What kind of module a text is: the extension says so, otherwise the text itself; package.json is not asked.
 *
 * @param path ends in .ts, .js, .mts, .mjs, .cts or .cjs
 */
export function chooseModuleFormat(path: string, text: string): ModuleFormat {
  const [, kind] = EXTENSION.exec(path) ?? [];
  const isModule = kind === "m" || (kind !== "c" && hasModuleSyntax(text));
  const format = isModule ? "module" : "commonjs";
  return isTypeScript(path) ? `${format}-typescript` : format;
}
