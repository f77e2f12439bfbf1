/** A database of its own on a server, reached with the server's own programs. */
export interface OwnDatabase {
  readonly url: string;
  /** Runs a script with the vendor's client, which stops at the first error. */
  readonly load: (sql: string) => Promise<void>;
  /** What the vendor's own dump says of the schema, without owners and rights, one statement an entry, sorted. */
  readonly dump: () => Promise<readonly string[]>;
  readonly drop: () => Promise<void>;
}

/** A server that pairs run on. */
export interface PairServer {
  /** What `--engine` calls it. */
  readonly name: string;
  /** The file of pairs for the version that they were tried on. */
  readonly casesFile: string;
  /** A statement that leaves an empty database as it is. */
  readonly doNothing: string;
  /** Creates an empty database; whoever asks for it drops it. */
  readonly createDatabase: () => Promise<OwnDatabase>;
  /** Pairs that do not come out right, by their names, and why. */
  readonly knownDeviations?: ReadonlyMap<string, string>;
  /** Takes away what pairs share, when all of them have run. */
  readonly close?: () => Promise<void>;
}
