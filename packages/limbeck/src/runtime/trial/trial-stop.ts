import type { Dialect } from "../../dialect/dialect.ts";
import type { RowHolder } from "../../dialect/row-rules.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import { describeOperation } from "../../ops/describe/describe-operation.ts";
import type { Schema } from "../../schema/model/schema.ts";

/** What a database holds at one moment, read twice: by the introspection, and by the engine's own catalogue. */
export interface TrialStop {
  readonly schema: Schema;
  readonly fingerprint: readonly string[];
  /** Everything that holds rows. */
  readonly holders: readonly RowHolder[];
}

type Readings = Pick<TrialStop, "schema" | "fingerprint">;

/** Both schemas without the tables that are the same object in both, so that comparing them takes as long as they differ. */
function leaveOutShared(found: Schema, expected: Schema): readonly [Schema, Schema] {
  const shared = new Set(found.tables).intersection(new Set(expected.tables));
  const reduce = (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables.filter((table) => !shared.has(table)),
  });
  return [reduce(found), reduce(expected)];
}

/** What the one list has and the other has not; what is there twice counts twice. */
function subtract(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return list.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/**
 * What would have to change to make one stop of the other; where the introspection sees nothing, what the engine says.
 *
 * @returns one line a difference; empty when both readings agree that there is none
 */
export function compareStops(found: Readings, expected: Readings, { diffRules }: Dialect): readonly string[] {
  const [now, before] = leaveOutShared(found.schema, expected.schema);
  const differences = diffSchema(now, before, diffRules).map(describeOperation);
  if (differences.length > 0) return differences;
  return [
    ...subtract(found.fingerprint, expected.fingerprint).map((line) => `too much: ${line}`),
    ...subtract(expected.fingerprint, found.fingerprint).map((line) => `missing: ${line}`),
  ];
}

/** Tables whose columns come in another order than they did; which matters to nobody but to `SELECT *`. */
export function findReordered(found: Readings, expected: Readings): readonly string[] {
  const orders = new Map(found.schema.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));
  return expected.schema.tables
    .filter(({ name, columns }) => orders.get(name)?.join("\n") !== columns.map((column) => column.name).join("\n"))
    .map(({ name }) => name);
}
