import { existsSync } from "node:fs";

// Limbeck reads the same file. A variable that is set already stays as it is.
if (existsSync(".env")) process.loadEnvFile(".env");

/** A whole number from the environment. Throws an error for anything else, rather than run with a number that nobody meant. */
function readNumber(name: string, fallback: number): number {
  const text = process.env[name] || String(fallback);
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name} must be a whole number from 0 to 99999, and is "${text}".`);
  return Number(text);
}

export const settings = {
  /** SQLite out of the box; `postgres://user@host/name` or `mariadb://user@host/name` for a server. */
  databaseUrl: process.env["DATABASE_URL"] || "sqlite:todo.db",
  /** 0 takes any port that is free. */
  port: readNumber("PORT", 8000),
  /** How many days a todo stays in the trash before a purge takes it away for good. */
  retentionDays: readNumber("TRASH_RETENTION_DAYS", 30),
};
