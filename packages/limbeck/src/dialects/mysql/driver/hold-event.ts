import { tokenize, type Token } from "../parse/tokenize.ts";

const STATES: readonly string[] = ["ENABLE", "DISABLE"];

/** How a statement begins that makes or changes an event. */
const HEAD = /^\s*(?:CREATE|ALTER)\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?EVENT\b/i;

/** Where the words of the state end that begin at a token: `DISABLE ON SLAVE`, or one of them. */
function findEnd(tokens: readonly Token[], index: number): number {
  const isOnReplica = tokens[index + 1]?.keyword === "ON";
  return tokens[isOnReplica ? index + 2 : index]?.end ?? 0;
}

/** What the event does begins here, or the statement ends; a comment comes before that, and after the state. */
function findPlace(tokens: readonly Token[]): number {
  const found = tokens.findIndex(({ keyword }, index) => index > 1 && (keyword === "COMMENT" || keyword === "DO"));
  return found === -1 ? tokens.length : found;
}

/**
 * The statement, or, where it makes an event that would happen, one that makes it as a server has it that repeats what another one does: whole, and at rest.
 * What a scratch database is made for, an event could undo, and in other databases as well.
 */
export function holdEvent(sql: string): string {
  if (!HEAD.test(sql)) return sql;
  const tokens = tokenize(sql);
  const place = findPlace(tokens);
  const state = tokens.findIndex(({ keyword }, index) => index < place && STATES.includes(keyword));
  if (state !== -1) {
    // An event that is switched off stays so.
    if (tokens[state]?.keyword === "DISABLE" && tokens[state + 1]?.keyword !== "ON") return sql;
    return `${sql.slice(0, tokens[state]?.start)}DISABLE ON SLAVE${sql.slice(findEnd(tokens, state))}`;
  }
  // An ALTER that says nothing of it leaves it as it is.
  if (tokens[0]?.keyword === "ALTER") return sql;
  const at = tokens[place]?.start ?? sql.length;
  return `${sql.slice(0, at)}DISABLE ON SLAVE ${sql.slice(at)}`;
}
