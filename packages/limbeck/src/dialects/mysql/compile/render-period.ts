import { quoteIdentifier } from "../quote.ts";

/**
 * A period as CREATE TABLE and ADD write it. https://mariadb.com/kb/en/application-time-periods/
 *
 * @param name in quotation marks, or SYSTEM_TIME
 */
export function renderPeriod(name: string, start: string, end: string): string {
  return `PERIOD FOR ${name} (${quoteIdentifier(start)}, ${quoteIdentifier(end)})`;
}
