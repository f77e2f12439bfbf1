/**
 * SQL conditions about one stored value, whatever its storage class. A comparison with a column uses the column's collation, and NOCASE or RTRIM
 * would take two texts for one, so texts are compared with BINARY.
 */

const isText = (value: string): string => `typeof(${value}) = 'text'`;

const isNoText = (value: string): string => `typeof(${value}) <> 'text'`;

export const isBlob = (value: string): string => `typeof(${value}) = 'blob'`;

const asNumber = (value: string): string => `CAST(${value} AS NUMERIC)`;

// The comparison applies numeric affinity to the right side: it holds for numbers and for text that is one, to its end.
// https://www.sqlite.org/datatype3.html#type_conversions_prior_to_comparison
const isNumber = (value: string): string => `${asNumber(value)} = ${value}`;

/** Most functions, GLOB among them, read text up to its first zero character only. */
const hasZero = (value: string): string => `instr(${value}, char(0)) > 0`;

/** What is neither a number nor text that is one. */
export const isNoNumber = (value: string): string => `NOT (${isNumber(value)}) OR ${hasZero(value)}`;

const isSpelledOtherwise = (value: string, number: string): string =>
  `CAST(${number} AS TEXT) <> ${value} COLLATE BINARY`;

/** The number that numeric affinity makes of text: an integer wherever it is a whole one. https://www.sqlite.org/datatype3.html#type_affinity */
function storeNumber(value: string): string {
  const whole = `CAST(${asNumber(value)} AS INTEGER)`;
  return `iif(${whole} = ${asNumber(value)}, ${whole}, ${asNumber(value)})`;
}

/** Text that is a number but is not written as SQLite writes that number, so that numeric affinity would lose how it was: '007', '1e3', '1.50'. */
export const isRewrittenAsNumber = (value: string): string =>
  `${isText(value)} AND ${isNumber(value)} AND ${isSpelledOtherwise(value, storeNumber(value))}`;

/** Text that is not exactly what SQLite writes for its integer. */
export const isNoPlainInteger = (value: string): string =>
  `${isText(value)} AND ${isSpelledOtherwise(value, `CAST(${value} AS INTEGER)`)}`;

/** Text that is not exactly what SQLite writes for its real. */
export const isNoPlainReal = (value: string): string =>
  `${isText(value)} AND ${isSpelledOtherwise(value, `CAST(${value} AS REAL)`)}`;

/** A double holds 15 digits exactly; this counts the digits of a number written as text. */
const hasManyDigits = (value: string): string =>
  `length(ltrim(replace(replace(replace(${value}, '-', ''), '+', ''), '.', ''), '0')) > 15`;

/** Text whose number SQLite would round: more digits than a double has, unless SQLite writes them all, or close to the ends of a double's range. */
export const isRoundedAsNumber = (value: string): string =>
  `${isText(value)} AND ((${hasManyDigits(value)} AND ${isSpelledOtherwise(value, storeNumber(value))}) ` +
  `OR ${asNumber(value)} NOT BETWEEN -1e300 AND 1e300 ` +
  `OR (${asNumber(value)} BETWEEN -1e-300 AND 1e-300 AND ${value} GLOB '*[1-9]*'))`;

/** Text of an integer that a double stands in for on its way, as it does for everything but plain digits, and that no double holds for certain: '23100000003e8'. */
export const isRoundedAsInteger = (value: string): string =>
  `${isText(value)} AND typeof(${storeNumber(value)}) = 'integer' AND ${asNumber(value)} NOT BETWEEN -9007199254740992 AND 9007199254740992 ` +
  `AND ${isSpelledOtherwise(value, storeNumber(value))}`;

/** A real that is another one after it was written as text. */
export const isRoundedAsText = (value: string): string =>
  `typeof(${value}) = 'real' AND CAST(CAST(${value} AS TEXT) AS REAL) <> ${value}`;

/** Text and bytes are the same to CAST, byte for byte: in a database of UTF-16 text is no UTF-8. https://www.sqlite.org/lang_expr.html#castexpr */
export const isNoUtf8Database: string = "CAST('a' AS BLOB) <> x'61'";

/**
 * Bytes that are not the UTF-8 of a text, or of one with a zero character, which SQLite and drivers read only up to there. Unless all are ASCII, it
 * goes from character to character, and looks whether writing each again gives the same bytes; a piece at a time, because
 * every look at a long value reads the whole of it.
 */
export function isNoUtf8(value: string): string {
  const one = "CAST(char(unicode(CAST(substr(rest, 1, 4) AS TEXT))) AS BLOB)";
  const same = `${one} = substr(rest, 1, length(${one}))`;
  const next = `iif(length(rest) < 8, substr(${value}, at + length(${one}), 1000), substr(rest, length(${one}) + 1))`;
  return (
    `(CAST(${value} AS TEXT) GLOB '*[^' || char(1) || '-' || char(127) || ']*' OR instr(${value}, x'00') > 0) AND ` +
    `EXISTS (WITH RECURSIVE chars (at, rest) AS (SELECT 1, substr(${value}, 1, 1000) ` +
    `UNION ALL SELECT at + length(${one}), ${next} FROM chars WHERE ${same}) ` +
    `SELECT 1 FROM chars WHERE length(rest) > 0 AND NOT ifnull(${same}, 0))`
  );
}

const DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";

// SQLite's functions take much more for a date: 'now', '10:00' as of 2000-01-01, '2460000' as a Julian day, February 30 as March 1.
// https://www.sqlite.org/lang_datefunc.html#time_values

/** What is not a day of the calendar as ISO 8601 writes it. */
export const isNoDate = (value: string): string =>
  `${isNoText(value)} OR ${value} NOT GLOB '${DAY}' OR date(${value}) IS NOT ${value}`;

/** What is not a time of day without a zone. */
export const isNoTime = (value: string): string =>
  `${isNoText(value)} OR ${value} NOT GLOB '[0-2][0-9]:[0-5][0-9]*' OR ${value} GLOB '*[^0-9:.]*' OR ${hasZero(value)} OR time(${value}) IS NULL`;

/** What is neither a day nor a day with a time. */
export const isNoTimestamp = (value: string): string =>
  `${isNoText(value)} OR ${value} NOT GLOB '${DAY}*' OR date(substr(${value}, 1, 10)) IS NOT substr(${value}, 1, 10) ` +
  `OR ${hasZero(value)} OR datetime(${value}) IS NULL`;

/** What is not text of 32 hexadecimal digits with dashes in their places. */
export const isNoUuid = (value: string): string =>
  `${isNoText(value)} OR length(${value}) <> 36 OR ${value} NOT GLOB '????????-????-????-????-????????????' ` +
  `OR replace(${value}, '-', '') GLOB '*[^0-9a-fA-F]*' OR length(replace(${value}, '-', '')) <> 32 OR ${hasZero(value)}`;
