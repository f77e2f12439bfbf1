/** A point in time as people write it, every part padded with zeros. */
export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** `+01:00`, or `UTC`. */
  readonly offset: string;
}

/**
 * The parts of a date on the clocks of a time zone.
 *
 * @param timezone IANA name, for example `Europe/Berlin`; default: the system's
 */
export function splitDate(date: Date, timezone?: string): DateParts {
  const format = new Intl.DateTimeFormat("en-US", {
    ...(timezone !== undefined && { timeZone: timezone }),
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  });
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const pick = (type: Intl.DateTimeFormatPartTypes, length: number): string =>
    (parts.get(type) ?? "").padStart(length, "0");
  return {
    year: pick("year", 4),
    month: pick("month", 2),
    day: pick("day", 2),
    hour: pick("hour", 2),
    minute: pick("minute", 2),
    second: pick("second", 2),
    offset: (parts.get("timeZoneName") ?? "").replace(/^GMT(?:[+-]00:00)?/, "") || "UTC",
  };
}

/** `2026-11-22 10:15:00 +01:00` */
export function formatDate({ year, month, day, hour, minute, second, offset }: DateParts): string {
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${offset}`;
}
