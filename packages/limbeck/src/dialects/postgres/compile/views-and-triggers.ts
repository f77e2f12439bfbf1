import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { takeDefaultRights } from "../grants.ts";
import { parseCreateTrigger } from "../parse/parse-create-trigger.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { quoteName, splitName } from "../names.ts";
import { readOptions } from "./read-options.ts";
import { renderWith } from "./render-clauses.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";

/** CREATE VIEW. */
export function compileCreateView(
  { view, keepAttached }: OperationMap["createView"],
  { before }: Pick<CompileContext, "before">,
): readonly Statement[] {
  const columns = view.columns ? ` (${quoteList(view.columns)})` : "";
  const { with: parameters, defaults = {} } = readOptions(view.options, "view", `View "${view.name}"`);
  const name = quoteName(view.name);
  return [
    { sql: `CREATE VIEW ${name}${columns}${renderWith(parameters)} AS ${view.definition}` },
    ...Object.entries(defaults).map(([column, value]) => ({
      sql: `ALTER VIEW ${name} ALTER COLUMN ${quoteIdentifier(column)} SET DEFAULT ${value}`,
    })),
    // A view that is made anew is to have the rights that it had.
    ...(keepAttached === true ? takeDefaultRights(view.name, before) : []),
  ];
}

/** The statement, and the one that switches the trigger, is the user's; what is said about it has to be true, or nothing could drop the trigger again. */
export function compileCreateTrigger({ trigger }: OperationMap["createTrigger"]): readonly Statement[] {
  const { name, table, definition } = trigger;
  const found = parseCreateTrigger(definition);
  // A statement may name the schema that goes without saying.
  const isTable = found.table === table || splitName(found.table).name === splitName(table).name;
  if (found.name !== name || !isTable) {
    throw operationErrors.otherTrigger({ name, table, foundName: found.name, foundTable: found.table });
  }
  return splitStatements(definition).map(({ sql }) => ({ sql }));
}

/** DROP TRIGGER: each table has trigger names of its own. */
export function compileDropTrigger({ trigger }: OperationMap["dropTrigger"]): readonly Statement[] {
  return [{ sql: `DROP TRIGGER ${quoteIdentifier(trigger.name)} ON ${quoteName(trigger.table)}` }];
}
