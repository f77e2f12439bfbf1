import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import { isSameObjectName, type DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { findObjectKind } from "../object-kinds.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { takeDefaultRights } from "../grants.ts";
import { replaceInPlace } from "../replace-object.ts";
import { isHeldInside, TYPE_KINDS } from "./dependent-types.ts";
import { compileEach, holdAside } from "./hold-aside.ts";
import { rebuildType } from "./rebuild-type.ts";
import { splitDefinition } from "./split-definition.ts";
import { findTypeColumns } from "./type-columns.ts";

/** @throws OperationError (unsupportedObject) for what PostgreSQL does not have, or nobody knows how to drop again */
function requireKind({ kind, name }: DefinedObject) {
  const found = findObjectKind(kind);
  if (!found) throw operationErrors.unsupportedObject({ engine: "PostgreSQL", kind, name });
  return found;
}

/** The statements are the engine's, or the user's. */
export function compileCreateObject(
  { object, keepAttached }: OperationMap["createObject"],
  { before }: Pick<CompileContext, "before">,
): readonly Statement[] {
  requireKind(object);
  const { kind, name, table } = object;
  const made = splitDefinition(object);
  // What is made anew has the rights that everything new gets, and is to have those that it had.
  if (keepAttached === true) return [...made, ...takeDefaultRights(name, before)];
  return [...(kind === "grants" && table !== undefined ? takeDefaultRights(table, before) : []), ...made];
}

/** What takes an object of its kind away. */
export function compileDropObject({ object }: OperationMap["dropObject"]): readonly Statement[] {
  return splitStatements(requireKind(object).drop(object)).map(({ sql }) => ({ sql }));
}

/** Whether columns keep a type from changing in place: their attributes keep their types, and a domain gets no condition inside of another type. */
function isHeld({ kind, name }: DefinedObject, inPlace: readonly string[], before: Schema): boolean {
  if (kind === "domain")
    return (
      inPlace.some((sql) => /^ALTER DOMAIN (?:"(?:[^"]|"")*"|[^" ])+ (?:ADD|SET NOT NULL)\b/.test(sql)) &&
      isHeldInside(before, name)
    );
  return inPlace.some((sql) => / ALTER ATTRIBUTE /.test(sql)) && findTypeColumns(before, name).length > 0;
}

/**
 * Another definition in place, or else the object is dropped and created, and with it what speaks of it.
 *
 * @param compile what becomes of those
 */
export function compileReplaceObject(
  { from, to }: OperationMap["replaceObject"],
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  const { drop, isCalled } = requireKind(to);
  const inPlace = replaceInPlace(from, to);
  if (inPlace && !isHeld(to, inPlace, context.before)) return inPlace.map((sql) => ({ sql }));
  if (TYPE_KINDS.includes(to.kind)) {
    return rebuildType({ name: to.name, from, create: splitDefinition(to) }, context, compile);
  }
  const { drops, creations } = holdAside(
    context.before,
    { relations: isCalled ? [from.name] : [], columns: [] },
    (one) => one.kind === "dropObject" && isSameObjectName(one.object, from),
  );
  return [
    ...compileEach(drops, context, compile),
    { sql: drop(from) },
    ...splitDefinition(to),
    ...compileEach(creations, context, compile),
  ];
}
