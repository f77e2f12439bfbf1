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
  /** How many rows it changed; 0 for statements that change none. */
  readonly changes: number;
}

/** An open session. */
export interface DriverSession {
  /**
   * Runs exactly one statement.
   *
   * @param values as text that the server reads
   */
  readonly run: (sql: string, values: readonly (string | null)[]) => Promise<DriverResult>;
  readonly end: () => Promise<void>;
}

/** A package that reaches a server. */
export interface Driver {
  /** Its name on npm, which is what `driver` in the config says. */
  readonly name: string;
  /** @throws what the package throws; whoever calls knows what it means */
  readonly open: (url: string) => Promise<DriverSession>;
}
