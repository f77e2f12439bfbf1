import type { DatabaseTarget, Reach } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import type { DriverSession, DriverTarget } from "./driver.ts";
import { useExisting } from "./existing/use-existing.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { findDriver } from "./find-driver.ts";
import { changeDatabase, readTarget, redactUrl } from "./parse-url.ts";

/** A session as it was opened, with nothing set in it yet. */
export interface OpenSession {
  readonly session: DriverSession;
  /** The URL without passwords. */
  readonly description: string;
  /** Whether it belongs to somebody else, who gets it back as it was. */
  readonly isBorrowed: boolean;
}

const WANTS_PASSWORD: readonly (number | undefined)[] = [
  ERROR_NUMBERS.accessDenied,
  ERROR_NUMBERS.accessDeniedWithoutPassword,
];

/** Tries without a password first where the URL has none: whether the server wants one only the server knows. */
async function openTarget(target: DriverTarget, { driver, env, readPassword }: Reach): Promise<DriverSession> {
  const { open } = findDriver(driver);
  // What the config says goes before what the vendor's clients take.
  const password = target.password ?? (readPassword ? undefined : env?.["MYSQL_PWD"]);
  try {
    return await open({ ...target, password });
  } catch (error) {
    if (password !== undefined || !readPassword || !WANTS_PASSWORD.includes(findErrorNumber(error))) throw error;
    return open({ ...target, password: await readPassword() });
  }
}

async function openUrl(url: string, reach: Reach): Promise<OpenSession> {
  const session = await openTarget(readTarget(url), reach).catch((error: unknown) => {
    throw explainRefusal(url, error);
  });
  return { session, description: redactUrl(url), isBorrowed: false };
}

/**
 * Opens a session with the database behind a URL, or takes one of an open database.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function openSession(target: DatabaseTarget, reach: Reach): Promise<OpenSession> {
  if (typeof target === "string") return openUrl(target, reach);
  const { url, borrow } = useExisting(target);
  return { session: await borrow(), description: url, isBorrowed: true };
}

/**
 * Opens a session of our own on the same server.
 *
 * @param database default: the same one
 * @throws ConnectionError (scratchNowhere) where an open database does not say how it was opened
 */
export async function openAnotherSession(
  target: DatabaseTarget,
  reach: Reach,
  database?: string,
): Promise<OpenSession> {
  if (typeof target === "string")
    return openUrl(database === undefined ? target : changeDatabase(target, database), reach);
  const { url, openAnother } = useExisting(target);
  if (!openAnother) throw connectionErrors.scratchNowhere({});
  return { session: await openAnother(database), description: url, isBorrowed: false };
}
