import type { DriverDatabase } from "./driver.ts";

/** The value of a PRAGMA that is on or off. */
export function readSetting(database: DriverDatabase, name: string): string {
  return String(database.prepare(`PRAGMA ${name}`).all([])[0]?.[0] ?? 0);
}
