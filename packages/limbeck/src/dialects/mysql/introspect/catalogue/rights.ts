import type { Connection } from "../../../../dialect/connection.ts";
import type { UnreadObject } from "../../../../dialect/dialect.ts";
import { readText } from "../../driver/read-text.ts";

/** The rights that somebody has on the whole of a database, in the server's words. */
type Rights = ReadonlySet<string>;

/** What is shown to those who have one of some rights on the database, and to others only where they have it on the one thing. */
const SHOWN_BY: readonly (readonly [kind: string, rights: readonly string[]])[] = [
  ["event", ["EVENT"]],
  ...["function", "procedure", "package", "package body"].map(
    (kind) => [kind, ["EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE", "SHOW CREATE ROUTINE"]] as const,
  ),
];

/** Tables and what is kept like them are shown to those who have any right on the database. */
const SHOWN_BY_ANY: readonly string[] = ["table", "view", "trigger", "sequence"];

const ME =
  "CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')";

/** Rights on databases are given to patterns of names. */
const OWN = `SELECT PRIVILEGE_TYPE AS \`right\` FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = ${ME}
  UNION SELECT PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE GRANTEE = ${ME} AND DATABASE() LIKE TABLE_SCHEMA`;

const isShown = (rights: Rights): boolean => SHOWN_BY.every(([, needed]) => needed.some((right) => rights.has(right)));

const GRANT = /^GRANT (.+?) ON (?:`((?:[^`]|``)*)`|\*)\.\* TO /;

/** What a role or everybody has; what cannot be asked gives nobody a right. */
async function readGrants(connection: Connection, whose: string, database: string): Promise<readonly string[]> {
  const rows = await connection.query(`SHOW GRANTS FOR ${whose}`).catch(() => []);
  return rows.flatMap((row) => {
    const [, words = "", pattern] = GRANT.exec(Object.values(row).find((text) => typeof text === "string") ?? "") ?? [];
    return pattern === undefined || isLike(database, pattern) ? words.split(", ") : [];
  });
}

/** Whether a name is one of those that a pattern of the server means. */
function isLike(name: string, pattern: string): boolean {
  const escaped = pattern.replaceAll("``", "`").replaceAll(/\\?[^]/g, (sign) => {
    if (sign === "%") return ".*";
    if (sign === "_") return ".";
    return sign.slice(-1).replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
  });
  return new RegExp(`^${escaped}$`, "is").test(name);
}

/**
 * The kinds of objects of which the server shows nothing, or not everything, to whoever asks. Rights may come from a role as well, or from PUBLIC; what
 * these say has no password in it.
 */
export async function listUnread(connection: Connection, database: string): Promise<readonly UnreadObject[]> {
  const own = new Set((await connection.query(OWN)).map((row) => readText(row, "right")));
  if (isShown(own)) return [];
  const given = [
    ...(await readGrants(connection, "CURRENT_ROLE", database)),
    ...(await readGrants(connection, "PUBLIC", database)),
  ];
  const rights: Rights = new Set([...own, ...given].filter((right) => right !== "USAGE"));
  if (rights.has("ALL PRIVILEGES")) return [];
  const kinds = SHOWN_BY.filter(([, needed]) => needed.every((right) => !rights.has(right))).map(([kind]) => kind);
  return [...kinds, ...(rights.size === 0 ? SHOWN_BY_ANY : [])].map((kind) => ({ kind }));
}
