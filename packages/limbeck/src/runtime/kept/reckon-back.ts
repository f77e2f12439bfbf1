import { applyOperation, isOpaque } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { SchemaTracker } from "../schema-tracker.ts";

/** Why a way back cannot be kept, for people. */
export class NotKept extends Error {
  override readonly name: string = "NotKept";
}

/** Raw SQL that leaves the schema as it is. */
const LEAVES_SCHEMA = /^\s*(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|SELECT|VALUES|ANALYZE|COMMENT|GRANT|REVOKE)\b/i;

/** Whether nothing is known of the schema any more after an operation. */
export function losesSchema(operation: Operation, known: Schema | undefined): boolean {
  if (operation.kind === "execute" && LEAVES_SCHEMA.test(operation.sql)) return false;
  return isOpaque(operation, known);
}

/**
 * Follows what a way back would make of the schema, without running any of it.
 *
 * @param readStart the schema where it begins; asked only when something needs it
 */
export function reckonBack(readStart: () => Promise<Schema>): SchemaTracker {
  let known: Schema | undefined;
  let isLost = false;
  const passed: Operation[] = [];
  const apply = (operation: Operation): void => {
    if (known && losesSchema(operation, known)) isLost = true;
    else if (known && !isOpaque(operation, known)) known = applyOperation(operation, known);
  };
  return {
    async current() {
      if (!known) {
        known = await readStart();
        for (const operation of passed.splice(0)) apply(operation);
      }
      if (isLost) throw new NotKept("what it does after raw SQL depends on the schema that this leaves");
      return known;
    },
    known: () => (isLost ? undefined : known),
    record: (operation) => (known ? apply(operation) : void passed.push(operation)),
    // After a read, of which there are none here.
    forget: () => undefined,
  };
}
