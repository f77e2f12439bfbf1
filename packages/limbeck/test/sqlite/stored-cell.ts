import type { DatabaseSync } from "node:sqlite";

/** The encodings that a database can have. https://www.sqlite.org/pragma.html#pragma_encoding */
export const ENCODINGS = ["UTF-8", "UTF-16le", "UTF-16be"] as const;

/** One value as the database holds it, read without any code of the package. */
export type Cell =
  | { readonly class: "null" }
  | { readonly class: "integer"; readonly number: bigint }
  | { readonly class: "real"; readonly number: number }
  /** `string` is undefined where the bytes are no text of the database's encoding. */
  | { readonly class: "text"; readonly hex: string; readonly string: string | undefined }
  | { readonly class: "blob"; readonly hex: string };

/** The text that bytes are, and nothing where they are none. */
function decodeText(bytes: Uint8Array, encoding: string): string | undefined {
  const label = encoding === "UTF-16be" ? "utf-16le" : encoding;
  const ordered = encoding === "UTF-16be" ? swapPairs(bytes) : bytes;
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(ordered);
  } catch {
    return undefined;
  }
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, at) => bytes[at ^ 1] ?? 0);
}

const readHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));

/** Reads one column, by the rows' `id`. */
export function readCells(database: DatabaseSync, table: string, encoding: string): ReadonlyMap<number, Cell> {
  const statement = database.prepare(
    `SELECT id, typeof(c) AS class, iif(typeof(c) IN ('text', 'blob'), hex(CAST(c AS BLOB)), c) AS content FROM ${table}`,
  );
  statement.setReadBigInts(true);
  return new Map(
    statement.all().map((row) => [Number(row["id"]), readCell(String(row["class"]), row["content"], encoding)]),
  );
}

function readCell(storageClass: string, content: unknown, encoding: string): Cell {
  if (storageClass === "integer") return { class: "integer", number: BigInt(String(content)) };
  if (storageClass === "real") return { class: "real", number: Number(content) };
  if (storageClass === "blob") return { class: "blob", hex: String(content) };
  if (storageClass !== "text") return { class: "null" };
  return { class: "text", hex: String(content), string: decodeText(readHex(String(content)), encoding) };
}

/** The text behind a blob that is UTF-8. */
export const readBlobText = (hex: string): string | undefined => decodeText(readHex(hex), "UTF-8");
