import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { splitStatements } from "../parse/split-statements.ts";

/** Raw SQL may be a script; a session runs one statement at a time. */
export function compileExecute({ sql, parameters }: OperationMap["execute"]): readonly Statement[] {
  if (parameters && parameters.length > 0) return [{ sql, parameters }];
  return splitStatements(sql)
    .filter(({ isClientCommand }) => !isClientCommand)
    .map((statement) => ({ sql: statement.sql }));
}
