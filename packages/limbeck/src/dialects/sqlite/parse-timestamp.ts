const TIMESTAMP =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s*(Z|[+-]\d\d:\d\d)?$/i;

/**
 * Reads a date and time as SQLite's own functions write and take it; without a zone it is UTC, as there.
 * https://www.sqlite.org/lang_datefunc.html#time_values
 *
 * @returns undefined where a Date would be another moment: impossible dates, digits beyond milliseconds
 */
export function parseTimestamp(text: string): Date | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
  if (/[^0]/.test(fraction.slice(3))) return undefined;
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
  const date = new Date(local);
  // Date takes February 31 for March 3; what it does not write back was not a date.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== local) return undefined;
  return new Date(date.getTime() - readOffset(zone) * 60_000);
}

/** Minutes east of UTC. */
function readOffset(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}
