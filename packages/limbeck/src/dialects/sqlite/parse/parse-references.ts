import type { Deferrable, ForeignKey, ReferentialAction } from "../../../schema/model/constraint.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { sqliteOptions } from "./sqlite-options.ts";
import type { TokenReader } from "./token-reader.ts";

/** The events of a foreign key; ON INSERT is accepted by SQLite and does nothing. */
interface Actions {
  DELETE?: ReferentialAction;
  UPDATE?: ReferentialAction;
  INSERT?: ReferentialAction;
}

const MATCHES: ReadonlyMap<string, NonNullable<ForeignKey["match"]>> = new Map([
  ["FULL", "full"],
  ["PARTIAL", "partial"],
  ["SIMPLE", "simple"],
]);

/**
 * Reads what follows REFERENCES. DEFERRABLE is read apart, by {@link parseDeferrable}, since other clauses may stand between.
 * https://www.sqlite.org/syntax/foreign-key-clause.html
 *
 * @param columns the columns that point, in their own table
 */
export function parseReferences(reader: TokenReader, columns: readonly string[], name: string | undefined): ForeignKey {
  const table = reader.takeName("a table");
  const references = { table, columns: reader.isAtSymbol("(") ? parseNames(reader) : [] };
  const actions: Actions = {};
  let match: string | undefined;
  for (;;) {
    if (reader.accept("ON")) readAction(reader, actions);
    else if (reader.accept("MATCH")) match = reader.takeName("the kind of match");
    else break;
  }
  const known = MATCHES.get(match?.toUpperCase() ?? "");
  return omitUndefined<ForeignKey>({
    kind: "foreignKey",
    name,
    columns,
    references,
    onDelete: omitNoAction(actions.DELETE),
    onUpdate: omitNoAction(actions.UPDATE),
    match: known,
    options: sqliteOptions({ match: known === undefined ? match : undefined, onInsert: actions.INSERT }),
  });
}

/** NO ACTION is what a foreign key does that says nothing. */
function omitNoAction(action: ReferentialAction | undefined): ReferentialAction | undefined {
  return action === "no action" ? undefined : action;
}

/** Names in parentheses. SQLite lets each have a COLLATE or an order and ignores it. */
export function parseNames(reader: TokenReader): readonly string[] {
  reader.expectSymbol("(");
  const names: string[] = [];
  do {
    names.push(reader.takeName("a column"));
    if (reader.accept("COLLATE")) reader.takeName("a collation");
    reader.acceptOneOf(["ASC", "DESC"]);
  } while (reader.acceptSymbol(","));
  reader.expectSymbol(")");
  return names;
}

function readAction(reader: TokenReader, actions: Actions): void {
  const event = reader.acceptOneOf(["DELETE", "UPDATE", "INSERT"]);
  if (event !== "DELETE" && event !== "UPDATE" && event !== "INSERT") throw reader.failure("DELETE or UPDATE");
  actions[event] = parseAction(reader);
}

function parseAction(reader: TokenReader): ReferentialAction {
  if (reader.accept("CASCADE")) return "cascade";
  if (reader.accept("RESTRICT")) return "restrict";
  if (reader.accept("NO", "ACTION")) return "no action";
  if (reader.accept("SET", "NULL")) return "set null";
  if (reader.accept("SET", "DEFAULT")) return "set default";
  throw reader.failure("a referential action");
}

/**
 * Reads [NOT] DEFERRABLE [INITIALLY ...] if it is next. A key that is not deferrable is never deferred, whatever follows
 * INITIALLY, and is what a key without the clause is. https://www.sqlite.org/foreignkeys.html#fk_deferred
 *
 * @returns undefined when the clause is not there, null for NOT DEFERRABLE
 */
export function parseDeferrable(reader: TokenReader): Deferrable | null | undefined {
  const isNot = reader.accept("NOT", "DEFERRABLE");
  if (!isNot && !reader.accept("DEFERRABLE")) return undefined;
  const isDeferred = reader.accept("INITIALLY", "DEFERRED");
  if (!isDeferred) reader.accept("INITIALLY", "IMMEDIATE");
  if (isNot) return null;
  return isDeferred ? "initially deferred" : "initially immediate";
}
