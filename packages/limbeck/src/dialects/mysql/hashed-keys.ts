import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import { isUnbounded } from "./types.ts";

/** How long a key of InnoDB may be, in bytes. https://mariadb.com/kb/en/innodb-limitations/ */
const LONGEST_KEY = 3072;

const ONE_BYTE = /^(?:latin|ascii|binary|cp\d|koi8|greek|hebrew|hp8|dec8|armscii8|geostd8|mac|tis620|swe7|keybcs2)/i;

/** How many bytes a character may take, by the name of its collation or character set; four where nobody says which that is. */
function countBytes(words: string | undefined): number {
  if (words === undefined) return 4;
  if (ONE_BYTE.test(words)) return 1;
  return /^utf8(?:mb3)?(?:_|$)/i.test(words) ? 3 : 4;
}

/** How many bytes of a key a column may take; what is not text takes few. */
function measure({ type, collation }: Column, { options }: Table): number {
  if (type.kind === "varchar" || type.kind === "char") {
    const { collation: own, charset } = options?.["mysql"] ?? {};
    const words = collation ?? own ?? charset;
    return (type.length ?? 1) * countBytes(typeof words === "string" ? words : undefined);
  }
  const bytes = type.kind === "raw" ? /^(?:var)?binary\((\d+)\)/i.exec(type.sql)?.[1] : undefined;
  return bytes === undefined ? 8 : Number(bytes);
}

/**
 * Whether a unique key is kept as hashes, because values of its columns have no length or are too long together: rows are found by all of its columns at once
 * then, and a foreign key cannot use it. https://mariadb.com/kb/en/getting-started-with-indexes/#unique-index
 */
export function isHashedKey(names: readonly string[], table: Table): boolean {
  const columns = table.columns.filter(({ name }) => names.some((one) => one.toLowerCase() === name.toLowerCase()));
  if (columns.some(({ type }) => isUnbounded(type))) return true;
  return columns.reduce((sum, column) => sum + measure(column, table), 0) > LONGEST_KEY;
}
