import type { DefinedObject } from "../../schema/model/defined-object.ts";
import { splitStatements, type SplitStatement } from "./parse/split-statements.ts";

const OPTION = /\s+WITH\s+GRANT\s+OPTION\s*$/i;

/** The word that a statement about rights begins with, behind ALTER DEFAULT PRIVILEGES, and the one in front of the roles. */
function findTurningWords({ tokens }: SplitStatement) {
  const verb = tokens.find(({ keyword }) => keyword === "GRANT" || keyword === "REVOKE");
  const preposition = verb?.keyword === "GRANT" ? "TO" : "FROM";
  return { verb, before: tokens.findLast(({ keyword }) => keyword === preposition) };
}

/** The statement that takes back what one about rights does. */
function turn(statement: SplitStatement): string {
  const { sql, tokens } = statement;
  const { verb, before } = findTurningWords(statement);
  const start = tokens[0]?.start ?? 0;
  if (verb === undefined || before === undefined) return sql;
  const isGiven = verb.keyword === "GRANT";
  const [own, middle, roles] = [
    sql.slice(0, verb.start - start),
    sql.slice(verb.end - start, before.start - start),
    sql.slice(before.end - start).replace(OPTION, ""),
  ];
  return `${own}${isGiven ? "REVOKE" : "GRANT"}${middle}${isGiven ? "FROM" : "TO"}${roles}`;
}

/** What takes rights back, and gives back those that were taken. */
export function dropGrants({ definition }: DefinedObject): string {
  return splitStatements(definition).toReversed().map(turn).join(";\n");
}

/** What turns some rights on a thing into others. */
export function replaceGrants(from: DefinedObject, to: DefinedObject): readonly string[] {
  const [before, after] = [splitStatements(from.definition), splitStatements(to.definition)];
  const isIn = (one: SplitStatement, list: readonly SplitStatement[]): boolean =>
    list.some((other) => other.sql === one.sql);
  return [
    ...before.filter((one) => !isIn(one, after)).map(turn),
    ...after.filter((one) => !isIn(one, before)).map(({ sql }) => sql),
  ];
}
