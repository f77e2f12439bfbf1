import type { BrokenObject } from "../dialect/dialect.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { Operation } from "../ops/operation.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import type { RevisionWatch } from "./revision-watch.ts";

/** Operations that take nothing away that a view or a trigger may use, and make none. */
const HARMLESS: ReadonlySet<Operation["kind"]> = new Set([
  "createTable",
  "createIndex",
  "setTableComment",
  "dropTrigger",
  "bulkInsert",
]);

/** What changes a schema, in any engine, has one of these words. */
const MAY_CHANGE_SCHEMA = /\b(?:create|alter|drop|pragma|rename)\b/i;

const isHarmless = (operation: Operation): boolean =>
  operation.kind === "execute" ? !MAY_CHANGE_SCHEMA.test(operation.sql) : HARMLESS.has(operation.kind);

/**
 * Makes the watches over the revisions of one run, which see to it that none breaks a view or a trigger. Nothing is looked at until something comes that
 * could; and what one revision left, the next one knows.
 */
export function createObjectWatch({
  dialect,
  connection,
}: Pick<RevisionTarget, "dialect" | "connection">): (
  revision: Pick<RevisionFunction, "revision" | "direction">,
) => RevisionWatch {
  let known: readonly BrokenObject[] | undefined;
  const find = async (): Promise<readonly BrokenObject[]> => (await dialect.findBroken?.(connection)) ?? [];

  return ({ revision, direction }) => {
    let before: readonly BrokenObject[] | undefined;
    const start = async (): Promise<void> => {
      before ??= known ?? (await find());
    };
    return {
      async onOperation(operation) {
        if (!isHarmless(operation)) return start();
        // A new table may be what something was broken without.
        if (known && known.length > 0) known = undefined;
      },
      async onQuery(sql) {
        if (MAY_CHANGE_SCHEMA.test(sql)) await start();
      },
      async check() {
        if (!before) return;
        const wasBroken = new Set(before.map(({ kind, name }) => `${kind} ${name}`));
        known = await find();
        const objects = known.filter(({ kind, name }) => !wasBroken.has(`${kind} ${name}`));
        if (objects.length > 0) throw executionErrors.brokenObjects({ revision, direction, location: "", objects });
      },
    };
  };
}
