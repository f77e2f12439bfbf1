import { formatLocation } from "../kernel/errors/source-location.ts";
import type { RevisionStatement } from "../scripts/revision-body.ts";
import { performCall } from "./perform-call.ts";
import { placeErrors } from "./place-errors.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";

/** Runs the statements of a `.sql` revision as `op.execute` would. */
export async function runStatements(
  { revision, direction }: RevisionFunction,
  statements: readonly RevisionStatement[],
  target: RevisionTarget,
): Promise<void> {
  for (const { sql, location } of statements) {
    const place = { revision, direction, location: formatLocation(location) };
    const operation = async () => ({ kind: "execute", sql }) as const;
    await placeErrors(place, () => performCall({ name: "execute", text: sql, sql }, { operation }, target, place));
  }
}
