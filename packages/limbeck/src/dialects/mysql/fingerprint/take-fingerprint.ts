import type { Connection, Row } from "../../../dialect/connection.ts";

/** The words with which the server would make an object, in the column that is called so. */
const WORDS = /^(?:Create (?:Table|View|Sequence|Function|Procedure|Event|Package)|SQL Original Statement)$/i;

const KINDS: ReadonlyMap<string, string> = new Map([
  ["BASE TABLE", "TABLE"],
  ["SYSTEM VERSIONED", "TABLE"],
]);

const OBJECTS = `SELECT TABLE_TYPE AS kind, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
  UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
  UNION ALL SELECT 'TRIGGER', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
  UNION ALL SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`;

const toText = (value: unknown): string => (typeof value === "string" ? value : "");

function findWords(row: Row | undefined): string {
  const [, text] = Object.entries(row ?? {}).find(([column]) => WORDS.test(column)) ?? [];
  return toText(text);
}

/** The server keeps a trigger as it was written; whether names stand in backticks, and keywords in capitals, means nothing. */
const foldTrigger = (text: string): string =>
  text.replaceAll("`", "").replace(/^.*?FOR EACH ROW/is, (head) => head.toUpperCase().replaceAll(/\s+/g, " "));

/** Lines without what says how far a table has counted, and who made the object in which database. */
function toFacts(name: string, text: string, database: string): readonly string[] {
  return text
    .replaceAll(`\`${database}\`.`, "")
    .replace(/ AUTO_INCREMENT=\d+/, "")
    .split("\n")
    .map((line) => `${name}: ${line.trim().replace(/,$/, "")}`);
}

/**
 * What the server itself says of everything in the current database, one fact a line, sorted: the lines of its own statements, which the introspection never
 * looks at. The order of columns leaves no trace.
 */
export async function takeFingerprint(connection: Connection): Promise<readonly string[]> {
  const [current] = await connection.query("SELECT DATABASE() AS name");
  const facts: string[] = [];
  const database = toText(current?.["name"]);
  for (const object of await connection.query(OBJECTS)) {
    const [kind, name] = [toText(object["kind"]), toText(object["name"])];
    const word = KINDS.get(kind) ?? kind;
    const [row] = await connection.query(`SHOW CREATE ${word} \`${name.replaceAll("`", "``")}\``);
    const words = findWords(row).replace(/ DEFINER=\S+/, "");
    facts.push(...toFacts(`${word.toLowerCase()} ${name}`, word === "TRIGGER" ? foldTrigger(words) : words, database));
  }
  return facts.toSorted();
}
