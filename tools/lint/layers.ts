/** The folder whose sub-folders are layers. */
const SOURCE_ROOT = "packages/limbeck/src/";

const UP_TO_DIALECT = ["kernel", "schema", "ops", "diff", "dialect"] as const;
const UP_TO_SCRIPTS = [...UP_TO_DIALECT, "dialects", "sources", "graph", "scripts"] as const;
const UP_TO_COMMANDS = [...UP_TO_SCRIPTS, "runtime", "config", "commands"] as const;

/**
 * What each layer may import besides itself; everything it doesn't name is forbidden, type imports included.
 * The reasons are in docs/architecture.md.
 */
const LAYERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["kernel", []],
  ["schema", ["kernel"]],
  ["graph", ["kernel"]],
  ["ops", ["kernel", "schema"]],
  ["diff", ["kernel", "schema", "ops"]],
  ["dialect", ["kernel", "schema", "ops", "diff"]],
  ["dialects", UP_TO_DIALECT],
  ["sources", UP_TO_DIALECT],
  ["scripts", [...UP_TO_DIALECT, "graph"]],
  ["runtime", UP_TO_SCRIPTS],
  ["config", [...UP_TO_SCRIPTS, "runtime"]],
  ["commands", [...UP_TO_SCRIPTS, "runtime", "config"]],
  ["cli", UP_TO_COMMANDS],
  ["testing", UP_TO_COMMANDS],
]);

/** The names only `dialects/` may know; everybody else asks a capability. */
export const DIALECT_NAMES: ReadonlySet<string> = new Set(["sqlite", "postgres", "postgresql", "mysql", "mariadb"]);

/** A file of the published source, seen as a member of a layer. */
export interface SourceFile {
  /** The path below `SOURCE_ROOT`, with forward slashes. */
  readonly path: string;
  /** The folder that names its layer; `undefined` for the entry points, which lie beside the layers. */
  readonly layer: string | undefined;
  /** The dialect whose folder it lies in, if it does. */
  readonly dialect: string | undefined;
  readonly isTest: boolean;
}

/** Find the place of a file among the layers; `undefined` when it isn't part of the published source. */
export function locateSource(filename: string): SourceFile | undefined {
  const normalized = filename.replaceAll("\\", "/");
  const start = normalized.lastIndexOf(SOURCE_ROOT);
  if (start === -1) return undefined;
  const path = normalized.slice(start + SOURCE_ROOT.length);
  const folders = path.split("/").slice(0, -1);
  return {
    path,
    layer: folders[0],
    dialect: folders[0] === "dialects" ? folders[1] : undefined,
    isTest: /\.test(-d)?\.ts$/.test(path),
  };
}

/** Say why `from` must not import `to`; `undefined` when it may. Tests may import anything: nobody imports them. */
export function explainForbiddenImport(from: SourceFile, to: SourceFile): string | undefined {
  if (from.isTest) return undefined;
  if (to.isTest) return "a test is imported by nobody";
  if (to.layer === undefined) {
    // The cases of the conformance suite are written as users write models and revisions.
    return from.layer === "testing" ? undefined : "an entry point is imported by users only";
  }
  // The entry points are the composition roots; the command line is one of its own.
  if (from.layer === undefined) return to.layer === "cli" ? "the library doesn't know the command line" : undefined;
  const allowed = LAYERS.get(from.layer);
  if (allowed === undefined) return `"${from.layer}" is not a layer: add it to tools/lint/layers.ts`;
  if (from.layer !== to.layer && !allowed.includes(to.layer))
    return `"${from.layer}" lies below or beside "${to.layer}"`;
  const isComposition = from.layer === "dialects" && from.dialect === undefined;
  if (to.dialect !== undefined && from.dialect !== to.dialect && !isComposition) {
    return `"${to.dialect}" is reached through dialects/registry.ts, so that a dialect can be added without touching anything else`;
  }
  return undefined;
}
