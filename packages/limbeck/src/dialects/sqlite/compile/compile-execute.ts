import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { readName, tokenize } from "../parse/tokenize.ts";
import { guardHidden } from "./rebuild-guards.ts";

/** Whether a statement creates something temporary, whose name may hide one of the database from the operations that follow. */
function createsTemporary(sql: string): boolean {
  const tokens = tokenize(sql);
  const body = tokens.findIndex(({ text }) => text === "(");
  const head = body === -1 ? tokens : tokens.slice(0, body);
  return (
    head[0]?.keyword === "CREATE" && head.some((token) => ["temp", "temporary"].includes(foldName(readName(token))))
  );
}

/** Raw SQL may be a script; the driver runs one statement at a time and would silently leave out the others. */
export function compileExecute({ sql, parameters }: OperationMap["execute"]): readonly Statement[] {
  if (parameters && parameters.length > 0) return [{ sql, parameters }];
  return splitStatements(sql).flatMap((statement) => {
    const run: Statement = { sql: statement.sql };
    return createsTemporary(statement.sql) ? [run, guardHidden()] : [run];
  });
}
