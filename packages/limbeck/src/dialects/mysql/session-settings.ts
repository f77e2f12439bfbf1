/** Modes that change how quotation marks and backslashes are read, and with them the spelling of everything that the server writes. */
const OTHER_SPELLINGS = "(^|,)(ANSI|ANSI_QUOTES|NO_BACKSLASH_ESCAPES)(?=,|$)";

/**
 * What every session and every script sets, so that a revision means the same wherever it runs. The server's own `sql_mode` stays, but for what would change how
 * text is read, and with what keeps an ALTER from cutting values without a word. https://mariadb.com/kb/en/sql-mode/
 */
export const SESSION_SETTINGS: readonly string[] = [
  "NAMES utf8mb4",
  "SESSION time_zone = '+00:00'",
  `SESSION sql_mode = CONCAT_WS(',', REGEXP_REPLACE(@@sql_mode, '${OTHER_SPELLINGS}', ''), 'STRICT_TRANS_TABLES')`,
  "SESSION foreign_key_checks = 1",
  "SESSION unique_checks = 1",
  "SESSION autocommit = 1",
];
