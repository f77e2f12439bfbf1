import { fileURLToPath, pathToFileURL } from "node:url";
import { locateOffset, type SourceLocation } from "../kernel/errors/source-location.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { isTypeScript } from "./module-format.ts";
import type { FilePlace, ModuleHooks } from "./module-hooks.ts";
import { SourceScanner } from "./source-scanner.ts";
import { systemErrorCode } from "./system-error.ts";

/** Why a module could not be loaded, and where. */
export interface ModuleFailure {
  readonly kind: "syntaxError" | "unsupportedSyntax" | "importFailed" | "moduleThrows";
  readonly location: SourceLocation;
  /** One line. */
  readonly message: string;
  /** A command or an edit that repairs it, when it is known. */
  readonly fix?: string;
  readonly error: unknown;
}

const SYNTAX_PLACE = /^(file:\/\/[^\n]+|\/[^\n]+|[A-Za-z]:\\[^\n]+):(\d+)\n/;
const CARET_LINE = /\n( *)\^+[^\n]*\n/;
const FRAME = /^ +at (?:async )?(?:.* \()?((?:file:\/\/|\/|[A-Za-z]:\\).+?):(\d+):(\d+)\)?$/gm;
const MISSING_EXPORT = /^The requested module '(.*)' does not provide an export named '(.*)'/s;

const toUrl = (file: string): string => (file.startsWith("file:") ? file : pathToFileURL(file).href);

/** What Node puts before the stack of a syntax error: the file, the line, and a mark below the column. */
export function findSyntaxPlace(error: unknown): FilePlace | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const [, file, line] = SYNTAX_PLACE.exec(error.stack ?? "") ?? [];
  if (file === undefined) return undefined;
  const [, indent] = CARET_LINE.exec(error.stack ?? "") ?? [];
  return { url: toUrl(file), line: Number(line), ...(indent !== undefined && { column: indent.length + 1 }) };
}

/** The innermost call on a stack that stands in one of the files that count. */
function findFrame(error: unknown, counts: (url: string) => boolean): FilePlace | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const [, file = "", line, column] of stack.matchAll(FRAME)) {
    const url = toUrl(file);
    if (counts(url)) return { url, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** The text of an error on one line, with its name unless that is just "Error". */
function describeError(error: unknown): string {
  if (error instanceof LimbeckError) return error.title;
  const isPlain = !(error instanceof Error) || error.name === "Error" || error instanceof SyntaxError;
  const message = error instanceof Error ? error.message : String(error);
  return (isPlain ? message : `${error.name}: ${message}`).replaceAll(/\s*\n\s*/g, " ");
}

/** Sorts out why modules could not be loaded. */
export class FailureReader {
  readonly #hooks: ModuleHooks;

  constructor(hooks: ModuleHooks) {
    this.#hooks = hooks;
  }

  /**
   * Sorts out one failure.
   *
   * @param path where the loading began, for errors that name no place
   * @param known the place, when it was found out otherwise
   */
  read(error: unknown, path: string, known?: FilePlace): ModuleFailure {
    const failedImport = this.#hooks.findFailedImport(error);
    if (failedImport) {
      const { specifier, parent } = failedImport;
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
      const isAlias = /^[@~]\//.test(specifier);
      const isPackage = !isAlias && /^[@\w]/.test(specifier);
      const nothing = `nothing is found at "${specifier}"${isAlias ? "; Node knows no aliases of a tsconfig.json" : ""}`;
      return {
        kind: "importFailed",
        location: this.#locateString(parent, specifier),
        message: isPackage ? `the package "${name}" is not installed` : nothing,
        ...(isPackage && { fix: `npm i ${name}` }),
        error,
      };
    }
    const place = known ?? findSyntaxPlace(error);
    return place ? this.#readSyntaxError(error, place) : this.#readThrown(error, path);
  }

  /** The innermost call on an error's stack that stands in a certain file. */
  locate(error: unknown, path: string): SourceLocation | undefined {
    const file = pathToFileURL(path).href;
    const place = findFrame(error, (url) => url === file || url.startsWith(`${file}?`));
    if (!place) return undefined;
    // Without the text of the line, because this is asked for at every call of a revision.
    const { line, column } = this.#hooks.findOriginal(place);
    return { path, line, ...(column !== undefined && { column }) };
  }

  #readSyntaxError(error: unknown, place: FilePlace): ModuleFailure {
    const location = this.#locate(place);
    const message = describeError(error);
    if (systemErrorCode(error) === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
      return { kind: "unsupportedSyntax", location, message: message.replace(" in strip-only mode", ""), error };
    }
    const [, module, name] = MISSING_EXPORT.exec(message) ?? [];
    if (name === undefined) return { kind: "syntaxError", location, message, error };
    const fix = isTypeScript(location.path)
      ? { fix: `write \`import type { ${name} } from "${module}"\` if ${name} is a type` }
      : {};
    return { kind: "importFailed", location, message: `"${module}" exports no ${name}`, ...fix, error };
  }

  #readThrown(error: unknown, path: string): ModuleFailure {
    const place = findFrame(error, (url) => this.#hooks.isKnown(url));
    const location = place ? this.#locate(place) : { path };
    const isSyntax = error instanceof SyntaxError && !place;
    return { kind: isSyntax ? "syntaxError" : "moduleThrows", location, message: describeError(error), error };
  }

  #locate(place: FilePlace): SourceLocation {
    const { url, line, column } = this.#hooks.findOriginal(place);
    const text = this.#hooks.readText(url)?.split(/\r?\n/)[line - 1];
    const path = fileURLToPath(url);
    return { path, line, ...(column !== undefined && { column }), ...(text !== undefined && { text }) };
  }

  #locateString(url: string, value: string): SourceLocation {
    const path = fileURLToPath(url.replace(/\?.*$/, ""));
    const text = this.#hooks.readText(url) ?? "";
    const scanner = new SourceScanner(text);
    for (let token = scanner.next(); token; token = scanner.next()) {
      if (token.kind === "string" && token.text.slice(1, -1) === value) return locateOffset(path, text, token.start);
    }
    return { path };
  }
}
