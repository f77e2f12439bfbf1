import { readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import type { LoadHookSync, ResolveHookSync, SourceMap } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findImport } from "./find-import.ts";
import { chooseModuleFormat, isScript, type ModuleFormat } from "./module-format.ts";
import { findOwnEntry } from "./own-entries.ts";

/** An import that nothing was found for. */
export interface FailedImport {
  readonly specifier: string;
  /** URL of the importing file. */
  readonly parent: string;
}

/** A file as it is given to Node. */
export interface Source {
  readonly text: string;
  readonly format: ModuleFormat;
  /** Leads from places in the text to places in the file, when they differ. */
  readonly map?: SourceMap;
}

/** A place in a file; lines and columns count from 1. */
export interface FilePlace {
  readonly url: string;
  readonly line: number;
  readonly column?: number;
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");
const isOutsidePackages = (url: string): boolean => url.startsWith("file:") && !url.includes("/node_modules/");

/**
 * Teaches Node how to load the files of a project: whatever package.json says about them, from text that is not on disk yet,
 * and again after they have changed. It concerns only files that were entered and what they import outside node_modules;
 * every other import of the process goes its usual way.
 *
 * Node's hooks belong to the process and can't be undone module by module, so this state has to as well. It is a memory of what
 * was loaded and nothing else: two runs in one process that share it can't disturb each other.
 *
 * https://nodejs.org/api/module.html#customization-hooks
 */
export class ModuleHooks {
  /** The URL that stands for the present text of an entered file, by the plain URL of the file. */
  readonly #entries = new Map<string, { readonly text: string; readonly url: string }>();
  /** The files that were entered or imported by such, each with what it imports. */
  readonly #files = new Map<string, Set<string>>();
  /** What Node gets for a URL instead of the file. */
  readonly #sources = new Map<string, Source>();
  /** The URL that Node is given at present instead of that of a file, because it would not try that one again. */
  readonly #replacements = new Map<string, string>();
  /** The way back from replacements. */
  readonly #originals = new Map<string, string>();
  readonly #failedImports = new WeakMap<object, FailedImport>();
  #isRegistered = false;
  #versions = 0;

  /**
   * Prepares a file for loading.
   *
   * @param path absolute; need not exist
   * @param text what the file holds, or will hold
   * @returns the URL to import: the same one as long as the text is the same, so that a module is not loaded twice
   */
  enter(path: string, text: string): string {
    this.#register();
    const plain = pathToFileURL(path).href;
    const known = this.#entries.get(plain);
    if (known?.text === text) return known.url;
    // The first text has the plain URL, which stack traces show.
    const url = known ? this.#nextVersion(plain) : plain;
    this.#entries.set(plain, { text, url });
    this.#sources.set(url, { text, format: chooseModuleFormat(path, text) });
    this.#files.set(url, new Set());
    // CommonJS remembers modules by path, not by URL: the former text must not come back.
    if (known) Reflect.deleteProperty(nodeModule.createRequire(url).cache, path);
    return url;
  }

  /**
   * Gives Node other text for a file that it could not load; takes effect when the file is imported again.
   *
   * @returns false when it has been given other text before, so that trying again leads nowhere
   */
  replace(url: string, source: Source): boolean {
    const file = this.#originals.get(url) ?? url;
    if (!this.#files.has(file) || this.#findSource(file)?.map) return false;
    // Node 22 remembers that the importing files failed, too.
    for (const importer of this.#listImporters(file)) this.#giveNewUrl(importer, this.#findSource(importer));
    this.#giveNewUrl(file, source);
    return true;
  }

  /** A URL of its own for a text that is to be parsed and never to be run. */
  enterForParsing(url: string, text: string): string {
    this.#register();
    const version = this.#nextVersion(withoutQuery(url));
    this.#sources.set(version, { text, format: "module-typescript" });
    return version;
  }

  /** An entered file and everything it imports, directly or not, as far as Node got with it. */
  listReachable(path: string): readonly string[] {
    const plain = pathToFileURL(path).href;
    return this.#reach(this.#entries.get(plain)?.url ?? plain);
  }

  /** Whether a file was entered or imported by one that was. */
  isKnown(url: string): boolean {
    return this.#files.has(this.#originals.get(url) ?? url);
  }

  /** The place in the file that somebody wrote for a place in what Node was given. */
  findOriginal(place: FilePlace): FilePlace {
    const url = withoutQuery(place.url);
    const entry = this.#sources.get(place.url)?.map?.findEntry(place.line - 1, (place.column ?? 1) - 1);
    if (!entry || !("originalLine" in entry)) return { ...place, url };
    return { url, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }

  /** What a file holds, as the project wrote it; undefined when it can't be read. */
  readText(url: string): string | undefined {
    const plain = withoutQuery(url);
    const entry = this.#entries.get(plain);
    if (entry) return entry.text;
    try {
      return readFileSync(new URL(plain), "utf8");
    } catch {
      return undefined;
    }
  }

  /** The import that an error tells about, when it came from resolving one. */
  findFailedImport(error: unknown): FailedImport | undefined {
    return typeof error === "object" && error !== null ? this.#failedImports.get(error) : undefined;
  }

  #findSource(file: string): Source | undefined {
    return this.#sources.get(this.#replacements.get(file) ?? file);
  }

  #giveNewUrl(file: string, source: Source | undefined): void {
    const url = this.#nextVersion(withoutQuery(file));
    this.#replacements.set(file, url);
    this.#originals.set(url, file);
    if (source) this.#sources.set(url, source);
  }

  #nextVersion(plain: string): string {
    this.#versions += 1;
    return `${plain}?limbeck=${this.#versions}`;
  }

  #reach(file: string): readonly string[] {
    const reached = new Set([file]);
    // A set that grows while it is walked is walked to its end.
    for (const url of reached) for (const imported of this.#files.get(url) ?? []) reached.add(imported);
    return [...reached];
  }

  #listImporters(file: string): readonly string[] {
    return Array.from(this.#files.keys()).filter((other) => other !== file && this.#reach(other).includes(file));
  }

  #register(): void {
    if (this.#isRegistered) return;
    this.#isRegistered = true;
    // Not imported by name: Node 20 has no such export and would stop there, before it can be told that it is too old.
    nodeModule.registerHooks({ resolve: this.#resolve, load: this.#load });
  }

  readonly #resolve: ResolveHookSync = (specifier, context, next) => {
    const entered = this.#replacements.get(specifier) ?? specifier;
    if (this.#sources.has(entered)) return { url: entered, shortCircuit: true };
    const parent = context.parentURL ?? "";
    const imports = this.#files.get(this.#originals.get(parent) ?? parent);
    if (!imports) return next(specifier, context);

    const own = findOwnEntry(specifier);
    if (own !== undefined) return { url: own, shortCircuit: true };
    const resolved = this.#resolveImport(specifier, parent, () => next(specifier, context));
    if (!isOutsidePackages(resolved.url) || !isScript(withoutQuery(resolved.url))) return resolved;
    imports.add(resolved.url);
    if (!this.#files.has(resolved.url)) this.#files.set(resolved.url, new Set());
    return { ...resolved, url: this.#replacements.get(resolved.url) ?? resolved.url };
  };

  #resolveImport(
    specifier: string,
    parent: string,
    next: () => ReturnType<ResolveHookSync>,
  ): ReturnType<ResolveHookSync> {
    try {
      return next();
    } catch (error) {
      const url = findImport(specifier, parent);
      if (url !== undefined) return { url, shortCircuit: true };
      if (typeof error === "object" && error !== null) this.#failedImports.set(error, { specifier, parent });
      throw error;
    }
  }

  readonly #load: LoadHookSync = (url, context, next) => {
    const source = this.#sources.get(url);
    if (source) return { format: source.format, source: source.text, shortCircuit: true };
    // A package that says it holds modules is right; one that says nothing, or was set up by `npm init`, may not be.
    const isSettled = context.format?.startsWith("module") ?? false;
    if (isSettled || !this.isKnown(url)) return next(url, context);
    const text = this.readText(url);
    if (text === undefined) return next(url, context);
    return next(url, { ...context, format: chooseModuleFormat(fileURLToPath(withoutQuery(url)), text) });
  };
}
