import type { ScriptStatement } from "../../dialect/statement.ts";
import { foldName } from "../../kernel/fold-name.ts";
import { splitStatements } from "./parse/split-statements.ts";
import { readName, tokenize, type Token } from "./parse/tokenize.ts";

const SCHEMA_WORDS: readonly (string | undefined)[] = ["CREATE", "ALTER", "DROP"];
const TEMPORARY: readonly (string | undefined)[] = ["TEMP", "TEMPORARY"];

/** A ROLLBACK TO ends a savepoint only. https://www.sqlite.org/lang_transaction.html */
function endsOrBeginsTransaction(tokens: readonly Token[]): boolean {
  const [first, ...rest] = tokens.map(({ keyword }) => keyword);
  if (first === "ROLLBACK") return !rest.includes("TO");
  return first === "BEGIN" || first === "COMMIT" || first === "END";
}

/** Tables that SQLite makes by itself; no statement may. https://www.sqlite.org/fileformat2.html#internal_schema_objects */
const isInternalName = (name: string): boolean => /^sqlite_/i.test(name);

/** How the tables are called, behind its name, in which a virtual table keeps its data. https://www.sqlite.org/vtab.html#xshadowname */
const FTS = ["content", "segments", "segdir", "docsize", "stat"];
const RTREE = ["node", "rowid", "parent"];
const SHADOWS: ReadonlyMap<string, readonly string[]> = new Map([
  ["fts3", FTS],
  ["fts4", FTS],
  ["fts5", ["data", "idx", "content", "docsize", "config"]],
  ["rtree", RTREE],
  ["rtree_i32", RTREE],
  ["geopoly", RTREE],
]);

/** What a CREATE, ALTER or DROP is about. */
interface Definition {
  readonly verb: string | undefined;
  readonly object: string | undefined;
  /** The database that it names, folded; empty when none. */
  readonly database: string;
  /** Folded. */
  readonly name: string;
  /** Of a virtual table. */
  readonly module: string | undefined;
}

const fold = (token: Token | undefined): string => (token === undefined ? "" : foldName(readName(token)));

function readDefinition(tokens: readonly Token[]): Definition {
  let at = 1;
  const skip = (...words: readonly string[]): void => {
    if (words.includes(tokens[at]?.keyword ?? "")) at += 1;
  };
  skip("UNIQUE", "VIRTUAL");
  const object = tokens[at]?.keyword;
  at += 1;
  if (tokens[at]?.keyword === "IF" && ["NOT", "EXISTS"].includes(tokens[at + 1]?.keyword ?? "")) {
    skip("IF");
    skip("NOT");
    skip("EXISTS");
  }
  const isQualified = tokens[at + 1]?.text === ".";
  const using = tokens[1]?.keyword === "VIRTUAL" ? tokens.findIndex(({ keyword }) => keyword === "USING") : -1;
  return {
    verb: tokens[0]?.keyword,
    object,
    database: isQualified ? fold(tokens[at]) : "",
    name: fold(tokens[isQualified ? at + 2 : at]),
    module: using === -1 ? undefined : fold(tokens[using + 1]),
  };
}

/** What is temporary is gone with the session, and what another file holds is its own: neither is a part of the schema. */
function isElsewhere(tokens: readonly Token[], { database }: Definition): boolean {
  return TEMPORARY.includes(tokens[1]?.keyword) || (database !== "" && database !== "main");
}

/** Tells what statements are about, one after the other: some are ignored because of what stands before them. */
function createJudge(): (tokens: readonly Token[]) => ScriptStatement["purpose"] {
  const shadows = new Set<string>();
  // The client's .schema writes the counters of AUTOINCREMENT, the statistics of ANALYZE and the data of virtual tables like any other table.
  const isMadeByItself = ({ verb, object, name, module }: Definition): boolean =>
    verb === "CREATE" && object === "TABLE" && module === undefined && (isInternalName(name) || shadows.has(name));
  return (tokens) => {
    if (endsOrBeginsTransaction(tokens)) return "transaction";
    if (!SCHEMA_WORDS.includes(tokens[0]?.keyword)) return "other";
    const definition = readDefinition(tokens);
    if (isElsewhere(tokens, definition)) return "other";
    const { name, module = "" } = definition;
    for (const ending of SHADOWS.get(module) ?? []) shadows.add(`${name}_${ending}`);
    return isMadeByItself(definition) ? "ignored" : "schema";
  };
}

/** What keeps a statement from being sent although the engine could read it. */
function findProblem(sql: string, tokens: readonly Token[]): string | undefined {
  if (sql.includes("\0")) return "the statement holds a zero byte, at which the engine stops reading";
  const placeholder = tokens.find(({ kind }) => kind === "variable");
  return placeholder && `nothing gives a value to the placeholder ${placeholder.text}`;
}

/**
 * Splits a script of the `sqlite3` client, and tells what each statement is about.
 *
 * @throws ConnectionError (unfinishedScript)
 */
export function splitScript(script: string): readonly ScriptStatement[] {
  const judge = createJudge();
  return splitStatements(script).map(({ sql, line }) => {
    const tokens = tokenize(sql);
    const problem = findProblem(sql, tokens);
    return { sql, line, purpose: judge(tokens), ...(problem !== undefined && { problem }) };
  });
}
