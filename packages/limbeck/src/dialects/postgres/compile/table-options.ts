import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { StorageParameters } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { renderParameterNames, renderParameters } from "./render-clauses.ts";

function alterParameters(own: string, from: StorageParameters, to: StorageParameters): readonly Statement[] {
  const gone = Object.fromEntries(Object.entries(from).filter(([name]) => to[name] === undefined));
  const changed = Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name] !== value));
  return [
    ...(Object.keys(gone).length === 0 ? [] : [{ sql: `${own} RESET (${renderParameterNames(gone)})` }]),
    ...(Object.keys(changed).length === 0 ? [] : [{ sql: `${own} SET (${renderParameters(changed)})` }]),
  ];
}

/** What `op.setTableOptions` says, in place. */
export function compileTableOptions({ table, from, to }: OperationMap["setTableOptions"]): readonly Statement[] {
  const own = `ALTER TABLE ${quoteIdentifier(table)}`;
  const [before, after] = [from, to].map((options) => readOptions(options ?? undefined, "table", `Table "${table}"`));
  const isLoggingChanged = before?.unlogged !== after?.unlogged;
  return [
    ...(isLoggingChanged ? [{ sql: `${own} SET ${after?.unlogged ? "UNLOGGED" : "LOGGED"}` }] : []),
    ...alterParameters(own, before?.with ?? {}, after?.with ?? {}),
  ];
}
