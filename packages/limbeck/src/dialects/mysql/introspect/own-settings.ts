/** The settings that a routine, a trigger or an event has kept, and those of the session that looks at it. */
interface Settings {
  readonly sqlMode: string;
  readonly timeZone?: string;
}

const listModes = (sqlMode: string): string => sqlMode.split(",").filter(Boolean).toSorted().join();

/** The settings in which something was made, where it would be another thing in this session. */
export function findOwnSettings(own: Settings, session: Settings): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  if (listModes(own.sqlMode) !== listModes(session.sqlMode)) settings.set("sql_mode", own.sqlMode);
  if (own.timeZone !== undefined && own.timeZone !== session.timeZone) settings.set("time_zone", own.timeZone);
  return settings;
}
