import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { findCapabilities } from "../capabilities.ts";
import { findObjectKind, type ObjectKind } from "../object-kinds.ts";
import { quoteIdentifier } from "../quote.ts";
import { ENGINE } from "./read-options.ts";
import { runAsMeant } from "./run-as-meant.ts";

type Compile = OperationTable<readonly Statement[], [CompileContext]>;

/** @throws OperationError (unsupportedObject) for what these engines do not have, or nobody knows how to drop again */
function requireKind({ kind, name }: DefinedObject): ObjectKind {
  const found = findObjectKind(kind);
  if (!found) throw operationErrors.unsupportedObject({ engine: ENGINE, kind, name });
  return found;
}

function drop(object: DefinedObject): readonly Statement[] {
  const { word, isOfMode } = requireKind(object);
  const sql = `DROP ${word} ${quoteIdentifier(object.name)}`;
  return isOfMode ? runAsMeant(object.definition, () => sql) : [{ sql }];
}

const orReplace = (sql: string): string => sql.replace(/^\s*CREATE\s+(?!OR\s)/i, "CREATE OR REPLACE ");

/** Another definition in its place where the server has words for that. Nothing holds on to a routine or an event, so that otherwise it goes and comes back. */
function compileReplaceObject(
  { from, to }: OperationMap["replaceObject"],
  { serverVersion }: CompileContext,
): readonly Statement[] {
  requireKind(to);
  if (findCapabilities(serverVersion).hasReplacement) return runAsMeant(to.definition, orReplace);
  return [...drop(from), ...runAsMeant(to.definition)];
}

/** Operations on objects that are kept as their definitions. */
export const OBJECT_COMPILERS: Pick<Compile, "createObject" | "dropObject" | "replaceObject"> = {
  createObject: ({ object }) => {
    requireKind(object);
    return runAsMeant(object.definition);
  },
  dropObject: ({ object }) => drop(object),
  replaceObject: compileReplaceObject,
};
