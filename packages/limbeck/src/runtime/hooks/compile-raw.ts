import type { Statement } from "../../dialect/statement.ts";
import { dispatchOperation, type OperationMap } from "../../ops/operation.ts";
import { EMPTY_SCHEMA } from "../../schema/model/schema.ts";
import type { RevisionTarget } from "../revision-target.ts";

/** The statements of raw SQL, which may be several. */
export function compileRaw(
  operation: OperationMap["execute"],
  { dialect, serverVersion }: Pick<RevisionTarget, "dialect" | "serverVersion">,
): readonly Statement[] {
  return dispatchOperation(dialect.compile, operation, { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion });
}
