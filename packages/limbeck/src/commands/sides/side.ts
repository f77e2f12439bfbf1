import { resolve } from "node:path";
import { hidePasswords } from "../../kernel/hide-passwords.ts";
import { quoteWord } from "../../kernel/quote-word.ts";

/** One of the two schemas of a comparison, and where it is read from. */
export type Side =
  /** The configured database. */
  | { readonly kind: "database" }
  /** What the config names under `models`. */
  | { readonly kind: "models" }
  /** Another database of the same engine. */
  | {
      readonly kind: "url";
      readonly url: string;
      /** That a relative path in it counts from, absolute. */ readonly folder: string;
    }
  /** SQL that creates the schema: a file or a folder, absolute. */
  | { readonly kind: "sql"; readonly path: string }
  /** What the revision files make of an empty database, as far as some revisions. */
  | { readonly kind: "revision"; readonly identifier: string };

/** The configured database. */
export const DATABASE: Side = Object.freeze({ kind: "database" });

/** The models of the config. */
export const MODELS: Side = Object.freeze({ kind: "models" });

/** What all revision files make of an empty database. */
export const ALL_REVISIONS: Side & { readonly kind: "revision" } = Object.freeze({
  kind: "revision",
  identifier: "heads",
});

const URL_SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const IS_PATH = /\.sql$|[\\/]/i;

/**
 * Reads how a side is named: `models`, `database`, a URL, a path to SQL, or an identifier of revisions; `rev:` before it keeps an identifier from being
 * taken for something else.
 *
 * @param folder that a relative path counts from, absolute
 */
export function parseSide(text: string, folder: string): Side {
  if (text === "models") return MODELS;
  if (text === "database") return DATABASE;
  if (text.startsWith("rev:")) return { kind: "revision", identifier: text.slice("rev:".length) };
  if (URL_SCHEME.test(text)) return { kind: "url", url: text, folder };
  return IS_PATH.test(text) ? { kind: "sql", path: resolve(folder, text) } : { kind: "revision", identifier: text };
}

/** How a side is named on the command line. */
function writeSide(side: Side): string {
  if (side.kind === "url") return quoteWord(hidePasswords(side.url));
  if (side.kind === "sql") return quoteWord(side.path);
  return side.kind === "revision" ? quoteWord(`rev:${side.identifier}`) : side.kind;
}

/** The options with which `revision` compares the same: ` --offline`; empty for the database and the models. */
function writeSideOptions({ from = DATABASE, to = MODELS }: { readonly from?: Side; readonly to?: Side }): string {
  const isOffline = from.kind === "revision" && from.identifier === ALL_REVISIONS.identifier;
  return [
    ...(isOffline ? [" --offline"] : []),
    ...(from.kind === "database" || isOffline ? [] : [` --from ${writeSide(from)}`]),
    ...(to.kind === "models" ? [] : [` --to ${writeSide(to)}`]),
  ].join("");
}

/** The command that writes the difference between two sides down as a revision. */
export function writeGenerateCommand(sides: { readonly from?: Side; readonly to?: Side }): string {
  return `limbeck revision -m "..." --autogenerate${writeSideOptions(sides)}`;
}
