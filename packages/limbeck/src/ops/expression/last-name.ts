const HAS_PARTS = /[."(]/;
const PARTS = /"(?:[^"]|"")*"|[^."]+/g;

/**
 * What SQL text calls something that has a name in parts, or arguments behind its name: the last part alone.
 *
 * @example
 * findLastName('app."a.b"'); // a.b
 * findLastName("app.add(integer, integer)"); // add
 */
export function findLastName(name: string): string {
  // Most have neither, and there may be many.
  if (!HAS_PARTS.test(name)) return name;
  const end = name.indexOf("(");
  const last = (end > 0 ? name.slice(0, end) : name).match(PARTS)?.at(-1) ?? name;
  return last.startsWith('"') && last.endsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last;
}
