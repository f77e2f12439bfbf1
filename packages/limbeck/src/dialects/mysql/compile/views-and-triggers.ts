import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { parseCreateTrigger } from "../parse/parse-create-trigger.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";
import { readPrefix } from "../session-prefix.ts";
import { readOptions } from "./read-options.ts";
import { runAsMeant } from "./run-as-meant.ts";

/** CREATE VIEW. */
export function compileCreateView({ view }: OperationMap["createView"]): readonly Statement[] {
  const { algorithm, security } = readOptions(view.options, "view", `View "${view.name}"`);
  const columns = view.columns ? ` (${quoteList(view.columns)})` : "";
  const words = [
    ...(algorithm === undefined ? [] : [`ALGORITHM = ${algorithm.toUpperCase()} `]),
    ...(security === undefined ? [] : [`SQL SECURITY ${security.toUpperCase()} `]),
  ];
  return [{ sql: `CREATE ${words.join("")}VIEW ${quoteIdentifier(view.name)}${columns} AS ${view.definition}` }];
}

/** The statement is the user's; what is said about it has to be true, or nothing could drop the trigger again. */
export function compileCreateTrigger({ trigger }: OperationMap["createTrigger"]): readonly Statement[] {
  const { name, table, definition } = trigger;
  const found = parseCreateTrigger(readPrefix(definition).sql);
  if (found.name !== name || found.table !== table) {
    throw operationErrors.otherTrigger({ name, table, foundName: found.name, foundTable: found.table });
  }
  return runAsMeant(definition);
}

/** DROP TRIGGER: the triggers of a database have names of their own. */
export function compileDropTrigger({ trigger }: OperationMap["dropTrigger"]): readonly Statement[] {
  return [{ sql: `DROP TRIGGER ${quoteIdentifier(trigger.name)}` }];
}
