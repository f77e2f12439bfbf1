const IDENTIFIED = String.raw`IDENTIFIED\s+(?:BY|(?:WITH|VIA)\s+\S+\s+(?:BY|AS|USING))`;

/** The ways to write a text in SQL; in some a backslash keeps its quotation mark from ending it. The marks are doubled where the text stands in another one. */
const TEXT = [
  String.raw`''[^']+''`,
  String.raw`'(?:[^'\\]|\\[^]|'')*'`,
  String.raw`'(?:[^']|'')*'`,
  String.raw`\$(?<tag>\w*)\$[^]*?\$\k<tag>\$`,
].join("|");

/** Not in front of a word in quotation marks of its own: that is the name of a column, of which messages speak. */
const UNQUOTED = `(?<!'(?=PASSWORD')|"(?=PASSWORD")|\`(?=PASSWORD\`))`;

/** What stands before a secret in SQL, and the text that is one. */
const QUOTED = new RegExp(String.raw`${UNQUOTED}\b(PASSWORD|${IDENTIFIED})(\s*[=(]?\s*)(?:[NE]|U&)?(?:${TEXT})`, "gi");

/** Where only a text can stand: between these marks there is a name elsewhere. https://mariadb.com/kb/en/sql-mode/ */
const DOUBLY_QUOTED = new RegExp(String.raw`\b(${IDENTIFIED}\s*|PASSWORD\s*\(\s*)"(?:[^"\\]|\\[^]|"")*"`, "gi");

/** In the place of a user and a password in front of a host. A scheme has an end, so that long texts are read once. */
const IN_URL = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^:@/\s'"]*):[^@\s'"]*@/gi;

/** As in the connection strings that SQL hands to other servers: `host=db password=secret`. */
const IN_SETTINGS = /\b((?:password|passwd|pwd)=)[^\s'"?$:&;]+/gi;

/**
 * A text, SQL most often, without the secrets that stand in it by name: what follows PASSWORD or IDENTIFIED BY, and passwords of URLs and connection strings.
 *
 * @example
 * maskSecrets("CREATE ROLE app PASSWORD 'secret'"); // CREATE ROLE app PASSWORD '***'
 */
export function maskSecrets(text: string): string {
  const plain = text.replaceAll(QUOTED, "$1$2'***'").replaceAll(DOUBLY_QUOTED, "$1'***'");
  return plain.replaceAll(IN_URL, "$1:***@").replaceAll(IN_SETTINGS, "$1***");
}
