/** What may stand between two words; comments have an end, so that long texts are read once. */
const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,300}\*/|(?:--|#)[^\n]{0,300}\n)`;

const IDENTIFIED = `IDENTIFIED${GAP}+${String.raw`(?:BY|(?:WITH|VIA)\s+\S{1,100}\s+(?:BY|AS|USING))`}`;

/** The further ways in which a user may log in. https://mariadb.com/kb/en/create-user/ */
const ALSO_IDENTIFIED = String.raw`OR\s+\w{1,64}\s+(?:AS|USING)(?<=IDENTIFIED\s+VIA\s[^]{1,500})`;

const USER_PART = String.raw`(?:'[^']{0,80}'|"[^"]{0,80}"|\x60[^\x60]{0,80}\x60|[\w.$%-]{1,80}(?:\(\))?)`;

/** At the beginning of a statement: after UPDATE, the word is the name of a column. */
const SET_PASSWORD = String.raw`\bSET(?<![\w"'\x60)]\s{0,100}SET)\s+PASSWORD`;

const SET_PASSWORD_FOR = String.raw`SET\s+PASSWORD\s+FOR\s+${USER_PART}(?:\s*@\s*${USER_PART})?`;

/** The ways to write a text in SQL; in some a backslash keeps its quotation mark from ending it. The marks are doubled where the text stands in another one. */
const writeText = (tag: string): string =>
  [
    String.raw`''(?:[^']|'''')*''`,
    String.raw`'(?:[^'\\]|\\[^]|'')*'`,
    String.raw`'(?:[^']|'')*'`,
    String.raw`\$(?<${tag}>\w{0,64})\$[^]{0,2000}?\$\k<${tag}>\$`,
  ].join("|");

const DOUBLY_QUOTED = String.raw`"(?:[^"\\]|\\[^]|"")*"`;

/** Not in front of a word in quotation marks of its own: that is the name of a column, of which messages speak. */
const UNQUOTED = `(?<!'(?=PASSWORD')|"(?=PASSWORD")|\`(?=PASSWORD\`))`;

/** What a text follows that is a secret, as far as the text. */
const BEFORE = [
  // A name with more in front is one of a setting: MASTER_PASSWORD.
  String.raw`(?:${UNQUOTED}\bPASSWORD|\b${IDENTIFIED}|\b${ALSO_IDENTIFIED})${GAP}*(?:[=(]${GAP}*)?`,
  String.raw`(?:\b${SET_PASSWORD_FOR}|_PASSWORD|"PASSWORD"|\x60PASSWORD\x60)${GAP}*=${GAP}*`,
  // An option of a foreign server.
  String.raw`"PASSWORD"${GAP}+`,
].join("|");

/** The same where only a text can stand: between double marks there is a name elsewhere. https://mariadb.com/kb/en/sql-mode/ */
const BEFORE_TEXT = [
  String.raw`\b(?:${IDENTIFIED}|${ALSO_IDENTIFIED})${GAP}*`,
  String.raw`\bPASSWORD\s*\(\s*`,
  String.raw`(?:\b${SET_PASSWORD_FOR}|${SET_PASSWORD}|\b(?:MASTER|SOURCE)_PASSWORD)${GAP}*=${GAP}*`,
].join("|");

/** A statement that code puts together ends its text here, and the secret is the next one: `'... PASSWORD ' || quote_literal('secret')`. */
const JOINED = String.raw`(?<=[\s=(/])(?:'(?:'')?|")\s*(?:,|\|\|)\s*(?:[\w.]{1,64}\s*\(\s*){0,3}`;

/** The same with what is not written there, but has a name. */
const JOINED_TO_NAME = String.raw`(?<=\s)'(?:'')?\s*\|\|\s*[\w.]{1,64}\s*(?:\(|\|\||;|$)`;

const PREFIX = "(?:[NE]|U&)?";

/** What stands before a secret in SQL, in one of the groups, and the text that is one. */
const IN_SQL = new RegExp(
  [
    `((?:${BEFORE})${JOINED})${PREFIX}(?:${writeText("joined")}|${DOUBLY_QUOTED})`,
    `(${BEFORE})(?!${JOINED_TO_NAME})${PREFIX}(?:${writeText("plain")})`,
    `(${BEFORE_TEXT})${DOUBLY_QUOTED}`,
  ].join("|"),
  "gi",
);

/** In the place of a user and a password in front of a host. A scheme and a password have an end, so that long texts are read once. */
const IN_URL = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^:@/\s'"]*:)[^@\s'"]{0,2000}(?:@[^@/?#\s'"]{0,1000})*(?=@)/gi;

/** As in the connection strings that SQL hands to other servers: `host=db password=secret`. */
const IN_SETTINGS = /\b((?:password|passwd|pwd)=)[^\s'"?$:&;]+/gi;

/**
 * A text, SQL most often, without the secrets that stand in it by name: what follows PASSWORD or IDENTIFIED BY, and passwords of URLs and connection strings.
 *
 * @example
 * maskSecrets("CREATE ROLE app PASSWORD 'secret'"); // CREATE ROLE app PASSWORD '***'
 */
export function maskSecrets(text: string): string {
  // Groups that found nothing are empty.
  const plain = text.replaceAll(IN_SQL, "$1$3$5'***'");
  return plain.replaceAll(IN_URL, "$1***").replaceAll(IN_SETTINGS, "$1***");
}

/** The secrets in a text, as they stand there: in quotation marks where they have some. */
export function findSecrets(text: string): readonly string[] {
  return [IN_SQL, IN_URL, IN_SETTINGS].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => match[0].slice((match[1] ?? match[3] ?? match[5] ?? "").length)),
  );
}
