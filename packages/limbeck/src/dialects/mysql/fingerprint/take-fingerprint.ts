import type { Connection, Row } from "../../../dialect/connection.ts";

/** The words with which the server would make an object, in the column that is called so. */
const WORDS = /^(?:Create (?:Table|View|Sequence|Function|Procedure|Event|Package(?: Body)?)|SQL Original Statement)$/i;

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
  text.replaceAll("`", "").replace(/^.*?FOR EACH ROW(?: (?:FOLLOWS|PRECEDES) \S+)?/is, (head) =>
    head
      .replace(/ (?:FOLLOWS|PRECEDES) \S+$/i, "")
      .toUpperCase()
      .replaceAll(/\s+/g, " "),
  );

/** Of several triggers that fire at the same time, one is the first. */
const PLACES = `SELECT TRIGGER_NAME AS name, CAST(ACTION_ORDER AS CHAR) AS place
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()`;

/** An event without the moment from which it counts, which is that of its creation when nothing is said, and without whether the server lets it rest. */
const foldEvent = (text: string): string =>
  text.replace(/ STARTS '[^']*'/, "").replace(/( ON COMPLETION (?:NOT )?PRESERVE) DISABLE ON SLAVE/, "$1 ENABLE");

/** How the words of some kinds are written without what means nothing. */
const FOLD: ReadonlyMap<string, (text: string) => string> = new Map([
  ["TRIGGER", foldTrigger],
  ["EVENT", foldEvent],
]);

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
    const fold = FOLD.get(word) ?? ((text: string) => text);
    facts.push(...toFacts(`${word.toLowerCase()} ${name}`, fold(words), database));
  }
  for (const { name, place } of await connection.query(PLACES)) {
    facts.push(`trigger ${toText(name)}: fires as number ${toText(place)}`);
  }
  return facts.toSorted();
}
