import type { Duplex } from "node:stream";
import type { ServerNotice } from "../../../dialect/dialect.ts";
import type { ServerSettings } from "./settings/server-settings.ts";

/** One column of an answer. */
export interface DriverField {
  readonly name: string;
  /** OID of its type. */
  readonly type: number;
}

/** What a statement answers. */
export interface DriverResult {
  /** The values as the server's text; null for NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: readonly DriverField[];
  /** How many rows it changed; null for statements that change none. */
  readonly changes: number | null;
}

/** An open session. */
export interface DriverSession {
  /**
   * Runs exactly one statement.
   *
   * @param values as text that the server reads
   */
  readonly run: (sql: string, values: readonly (string | null)[]) => Promise<DriverResult>;
  /** Ends it, or gives it back to whom it belongs. */
  readonly end: () => Promise<void>;
  /** The process of the server, as the driver was told when the session began; absent where it does not tell. */
  readonly process?: number | null;
  /** Makes a session with a copy of the whole database, which is gone when the session ends; absent where none can be had. */
  readonly copy?: () => Promise<DriverSession>;
}

/** What a driver needs to begin a session. */
export interface SessionRequest {
  readonly settings: ServerSettings;
  /** Leads to the server, encrypted already where it is to be: so that every driver keeps the same promises about that. */
  readonly socket: Duplex;
  readonly isEncrypted: boolean;
  readonly onNotice: (notice: ServerNotice) => void;
}

/** Which commands of SQL change rows, and how many they changed. */
const CHANGES_ROWS: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

/** @param command the word that the server completes a statement with */
export function countChanges(command: string | null | undefined, rows: number | null | undefined): number | null {
  return CHANGES_ROWS.has(command ?? "") ? (rows ?? 0) : null;
}
