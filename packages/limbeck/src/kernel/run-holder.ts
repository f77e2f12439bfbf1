/** The run that has the migration lock. */
export interface RunHolder {
  /** Process and host, or the session with the server, for people; empty when it is not known. */
  readonly holder: string;
  /** When it began, ISO 8601; empty when it is not known. */
  readonly since: string;
}

/** A run of which nothing more is known. */
export const UNKNOWN_HOLDER: RunHolder = Object.freeze({ holder: "", since: "" });
