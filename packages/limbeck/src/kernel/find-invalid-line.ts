const NEWLINE = 0x0a;

/** What a decoder puts in the place of what it cannot read; the sign may also be there on purpose. */
const REPLACEMENT = "\uFFFD";

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first line of a file, from 1, that is not UTF-8; undefined when all are.
 *
 * @param text the file, decoded as UTF-8
 * @param readBytes gives its bytes; asked for only when the text makes suspicious
 */
export function findInvalidLine(text: string, readBytes: () => Uint8Array): number | undefined {
  if (!text.includes(REPLACEMENT)) return undefined;
  const bytes = readBytes();
  let start = 0;
  for (let line = 1; start <= bytes.length; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return undefined;
}
