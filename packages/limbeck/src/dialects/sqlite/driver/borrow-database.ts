import type { DriverDatabase } from "./driver.ts";
import { forbidWriting } from "./forbid-writing.ts";
import { readSetting } from "./read-setting.ts";

/** What a run changes on its connection, and what a connection that goes on living must get back. */
const SETTINGS = ["foreign_keys", "legacy_alter_table"] as const;

/**
 * A database that belongs to somebody else: closing it gives back its settings and leaves it open.
 *
 * @param readOnly refuses to write through this view of it; the owner may go on writing
 */
export function borrowDatabase(database: DriverDatabase, readOnly: boolean): DriverDatabase {
  if (readOnly) return { ...forbidWriting(database), close: () => undefined };
  const settings = SETTINGS.map((name) => [name, readSetting(database, name)] as const);
  return {
    ...database,
    close() {
      if (!database.isOpen()) return;
      for (const [name, value] of settings) database.exec(`PRAGMA ${name}=${value}`);
    },
  };
}
