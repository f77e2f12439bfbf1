/** How the way to a server is protected. https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
export type SslMode = "disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full";

/** What encryption of the way to a server takes. */
export interface TlsSettings {
  readonly mode: SslMode;
  /** Begin with encryption instead of asking for it first, which servers of version 17 and later understand. */
  readonly isDirect: boolean;
  /** Whom the certificate of the server has to come from, as PEM; undefined for those whom Node trusts. */
  readonly ca: string | undefined;
  /** The certificate that this side shows, as PEM, and its key. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly passphrase: string | undefined;
  /** Whether the login has to prove that nobody sits in between. */
  readonly channelBinding: "disable" | "prefer" | "require";
}

/** Where a server is and how one gets in, with everything filled in. */
export interface ServerSettings {
  /** A name, an address, or the absolute path of the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Asked when the server wants a password; empty where there is none. */
  readonly readPassword: () => Promise<string>;
  readonly applicationName: string;
  /** How long the server may take to answer at all, in milliseconds; 0 for as long as it takes. */
  readonly connectTimeout: number;
  /** Options of the session in the form of a command line: `-c search_path=app`. */
  readonly options: string | undefined;
  readonly tls: TlsSettings;
}

/** Sockets of the same machine are folders, as to all of PostgreSQL's own programs. */
export function isSocketFolder(host: string): boolean {
  return host.startsWith("/");
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;

/** Whether what is sent to a host never leaves the machine. */
export function isThisMachine(host: string): boolean {
  return isSocketFolder(host) || LOOPBACK.test(host);
}
