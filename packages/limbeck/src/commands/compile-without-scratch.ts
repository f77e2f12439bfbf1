import { applyOperation } from "../ops/apply/apply-operation.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { dispatchOperation, type Operation } from "../ops/operation.ts";
import { isSameObjectName } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";
import { keepAttached } from "../runtime/keep-attached.ts";
import type { CompileOptions } from "./compile-options.ts";

/**
 * The statements that operations become, list by list, where there is no scratch database to run them on: each meets what those before it make of the schema in
 * memory.
 */
export function compileWithoutScratch(
  dialect: Dialect,
  lists: readonly (readonly Operation[])[],
  { start, render, targetVersion = dialect.oldestVersion }: CompileOptions,
): readonly string[] {
  let before = start.schema;
  // Of all lists together: one may drop a view, and the next one make it anew.
  const attached = keepAttached(dialect.diffRules);
  const complete = (operation: Operation): readonly Operation[] => {
    if (attached.concerns(operation)) attached.note(operation, before);
    attached.renew(operation);
    return [operation, ...attached.list(operation)];
  };
  // What belongs to a materialized view stays in memory when that is dropped.
  const isLeft = (operation: Operation, { objects }: Schema): boolean =>
    operation.kind === "createObject" && objects.some((one) => isSameObjectName(one, operation.object));
  return lists.map((operations) =>
    operations
      .flatMap((asked) =>
        complete(asked).flatMap((operation, position) => {
          const after = position > 0 && isLeft(operation, before) ? before : applyOperation(operation, before);
          const statements = dispatchOperation(dialect.compile, operation, {
            before,
            after,
            serverVersion: targetVersion,
          });
          before = after;
          return statements.map(render).filter((text) => text !== "");
        }),
      )
      .map((text) => `${text}\n`)
      .join(""),
  );
}
