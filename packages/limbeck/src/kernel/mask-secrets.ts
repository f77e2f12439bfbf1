/** What stands before a secret in SQL, and the quoted text that is one; its quotation marks are doubled where it stands in another text. */
const QUOTED =
  /\b(PASSWORD|IDENTIFIED\s+(?:BY|(?:WITH|VIA)\s+\S+\s+(?:BY|AS|USING)))(\s*[=(]?\s*)N?(?:''[^']+''|'(?:[^']|'')*')/gi;

/** In the place of a user and a password in front of a host. */
const IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/[^:@/\s'"]*):[^@\s'"]*@/gi;

/** As in the connection strings that SQL hands to other servers: `host=db password=secret`. */
const IN_SETTINGS = /\b((?:password|passwd|pwd)=)[^\s'"?$:&;]+/gi;

/**
 * A text, SQL most often, without the secrets that stand in it by name: what follows PASSWORD or IDENTIFIED BY, and passwords of URLs and connection strings.
 *
 * @example
 * maskSecrets("CREATE ROLE app PASSWORD 'secret'"); // CREATE ROLE app PASSWORD '***'
 */
export function maskSecrets(text: string): string {
  return text.replaceAll(QUOTED, "$1$2'***'").replaceAll(IN_URL, "$1:***@").replaceAll(IN_SETTINGS, "$1***");
}
