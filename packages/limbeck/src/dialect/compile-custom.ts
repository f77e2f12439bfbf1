import type { OperationMap } from "../ops/operation.ts";
import type { CompileContext } from "./dialect.ts";
import type { Statement } from "./statement.ts";

/**
 * Makes the compiler of custom operations of an engine: their statements are raw SQL to it.
 *
 * @param dialect the name of the engine
 * @param compileExecute compiles raw SQL
 */
export function createCustomCompiler(
  dialect: string,
  compileExecute: (operation: OperationMap["execute"]) => readonly Statement[],
): (operation: OperationMap["custom"], context: CompileContext) => readonly Statement[] {
  return ({ verbs, data }, { serverVersion }) =>
    verbs.compile(data, { dialect, serverVersion }).flatMap((sql) => compileExecute({ kind: "execute", sql }));
}
