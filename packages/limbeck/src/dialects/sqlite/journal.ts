import type { JournalRules } from "../../dialect/journal-rules.ts";
import { readDefinitions } from "./introspect/read-definitions.ts";
import { findNowExpression } from "./now.ts";

/** https://www.sqlite.org/lang_vacuum.html, https://www.sqlite.org/lang_detach.html, https://www.sqlite.org/pragma.html */
const OUTSIDE_ONLY =
  /^\s*(?:(?:VACUUM|DETACH)\b|PRAGMA\s+(?:\S+\s*\.\s*)?(?:(?:journal_mode|synchronous)\s*[=(]|wal_checkpoint\b))/i;

/** All changes are part of SQLite's transactions. What is not may run twice: it leaves the same rows and the same schema. */
export const JOURNAL: JournalRules = {
  now: findNowExpression({ kind: "timestamp", timezone: true }) ?? "",
  user: "NULL",
  session: "NULL",
  takesEffectAlone: (sql) => OUTSIDE_ONLY.test(sql),
  refusesTransaction: (sql) => OUTSIDE_ONLY.test(sql),
  staysInSession: (sql) => /^\s*(?:PRAGMA|ATTACH|CREATE\s+TEMP(?:ORARY)?)\b/i.test(sql),
  mayLeaveNoTrace: () => true,
  capture: async () => "",
  settle: async () => "notApplied",
  readDefinitions,
};
