const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s*(Z|[+-]\d\d:\d\d)?$/i;

/**
 * Reads a date and time as SQLite's own functions write and take it; without a zone it is UTC, as there.
 * https://www.sqlite.org/lang_datefunc.html#time_values
 *
 * @returns undefined where a Date would be another moment: impossible dates, digits beyond milliseconds
 */
export function parseTimestamp(text: string): Date | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (fraction.length > 3 && /[^0]/.test(fraction.slice(3))) return undefined;
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // An impossible day, February 31, has become another one.
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  date.setUTCHours(Number(hour), Number(minute) - readOffset(zone), Number(second), milliseconds);
  return date;
}

/** Minutes east of UTC. */
function readOffset(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}
