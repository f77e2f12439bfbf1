/** One column of an answer. */
export interface DriverField {
  readonly name: string;
  /** Number of its type in the protocol. */
  readonly type: number;
  /** How many characters it takes to show a value. */
  readonly length: number;
  /** In the character set of bytes; true for numbers and moments too. */
  readonly isBinary: boolean;
  readonly isJson: boolean;
}

/** What a statement answers. */
export interface DriverResult {
  /** The values as the server's bytes; null for NULL. */
  readonly rows: readonly (readonly (Uint8Array | null)[])[];
  readonly fields: readonly DriverField[];
  /** How many rows it found to change; 0 for statements that change none. */
  readonly changes: number;
  /** The first number that it has given a new row; 0 where it gave none. */
  readonly insertId: bigint;
}

/** An open session. */
export interface DriverSession {
  /** Runs exactly one statement. */
  readonly run: (sql: string) => Promise<DriverResult>;
  readonly end: () => Promise<void>;
}

/** Where a session leads, taken from a URL. */
export interface DriverTarget {
  readonly host: string;
  readonly port: number;
  /** Path of a unix socket, which is then taken instead of host and port. */
  readonly socket: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string;
  /** How the way is encrypted; undefined for not at all. */
  readonly tls: TlsOptions | undefined;
}

/** As Node's `tls.connect` takes them. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the certificate has to be signed by somebody who is trusted. */
  readonly rejectUnauthorized: boolean;
  /** Whether it has to be that of the host. */
  readonly verifyIdentity: boolean;
}

/** A package that reaches a server. */
export interface Driver {
  /** Its name on npm, which is what `driver` in the config says. */
  readonly name: string;
  /** @throws what the package throws; whoever calls knows what it means */
  readonly open: (target: DriverTarget) => Promise<DriverSession>;
}
