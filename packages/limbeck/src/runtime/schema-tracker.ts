import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { applyOperation, isOpaque } from "../ops/apply/apply-operation.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";

/** Knows the schema while operations change it, and asks the database only when it has to. */
export interface SchemaTracker {
  /** The schema as it stands now. */
  current(): Promise<Schema>;
  /** The same if it is known, without asking. */
  known(): Schema | undefined;
  /** Takes note of an operation that has run. */
  record(operation: Operation): void;
  /** Forgets everything: the next `current` reads the database again. */
  forget(): void;
}

/**
 * Makes a tracker that knows nothing yet.
 *
 * Raw SQL may have changed anything, so after it the database is read again: a table rebuilt from what was known before
 * would lose what the raw SQL had added.
 */
export function trackSchema(dialect: Dialect, connection: Connection): SchemaTracker {
  let known: Schema | undefined;
  return {
    async current() {
      known ??= (await dialect.introspect(connection)).schema;
      return known;
    },
    known: () => known,
    record(operation) {
      if (known) known = isOpaque(operation, known) ? undefined : applyOperation(operation, known);
    },
    forget() {
      known = undefined;
    },
  };
}
