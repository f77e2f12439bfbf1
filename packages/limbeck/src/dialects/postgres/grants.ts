import type { DefinedObject } from "../../schema/model/defined-object.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Statement } from "../../dialect/statement.ts";
import { quoteName } from "./names.ts";
import { splitStatements, type SplitStatement } from "./parse/split-statements.ts";
import { quoteText } from "./quote.ts";

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

/**
 * What takes the rights that everything new gets from everybody but the owner of a table or view and whoever runs it, whose own are never read; nothing where
 * nothing is given so.
 */
export function takeDefaultRights(table: string, { objects }: Schema): readonly Statement[] {
  if (!objects.some(({ kind }) => kind === "default privileges")) return [];
  const name = quoteText(quoteName(table));
  return [
    {
      sql: `DO $limbeck$ DECLARE one record; BEGIN
  FOR one IN
    SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS name
    FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.oid = ${name}::regclass AND a.grantee NOT IN (c.relowner, current_user::regrole)
  LOOP
    EXECUTE concat('REVOKE ALL ON TABLE ', ${name}, ' FROM ', one.name);
  END LOOP;
END $limbeck$`,
    },
  ];
}
