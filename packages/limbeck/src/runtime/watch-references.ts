import type { ReferenceRules, UncheckableTable } from "../dialect/dialect.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { Operation } from "../ops/operation.ts";
import type { CallPlace, RevisionFunction, RevisionTarget } from "./revision-target.ts";
import type { RevisionWatch } from "./revision-watch.ts";
import { GuardFinding } from "./statement-sink.ts";

/** Operations that cannot break what tables point to. */
const HARMLESS: ReadonlySet<Operation["kind"]> = new Set([
  "createTable",
  "addColumn",
  "createIndex",
  "createView",
  "createTrigger",
  "dropView",
  "dropTrigger",
]);

/** Rows that the guard found, as an error that names the revision; any other error as it is. */
function explainFinding(error: unknown, place: CallPlace): unknown {
  return error instanceof GuardFinding
    ? executionErrors.brokenReferences({ ...place, violations: [error.finding] })
    : error;
}

function refuseProblems(problems: readonly string[], place: CallPlace): void {
  if (problems.length > 0) throw executionErrors.uncheckableReferences({ ...place, problems });
}

/** What cannot be checked any more is the revision's own doing; what could not be before is passed over. */
function refuseFresh(now: readonly UncheckableTable[], known: readonly UncheckableTable[], place: CallPlace): void {
  const fresh = now.filter(({ before }) => !known.some((one) => one.before === before));
  refuseProblems(
    fresh.map(({ problem }) => problem),
    place,
  );
}

/**
 * Takes note of the tables there are, and of what points nowhere in them.
 *
 * @returns the tables that cannot be checked
 */
async function takeStock(
  rules: ReferenceRules,
  { connection, sink }: Pick<RevisionTarget, "connection" | "sink">,
  isContinued: boolean,
): Promise<readonly UncheckableTable[]> {
  await sink.run(rules.begin);
  if (isContinued) {
    await sink.run(rules.emptyStock);
    return rules.findUncheckable(connection);
  }
  try {
    await sink.run(rules.stock([]));
    return [];
  } catch {
    // One key that cannot be checked, because what it points to has no unique index, makes the check of all fail. The others still can be.
    const uncheckable = await rules.findUncheckable(connection);
    await sink.run(rules.stock(uncheckable.map(({ table }) => table)));
    return uncheckable;
  }
}

/**
 * Compares what points nowhere before and after a revision, for engines that do not check while it runs. Nothing is looked at until something comes that
 * could break a reference.
 *
 * @param isContinued whether an earlier run has done a part of the revision. What pointed nowhere before it is not known any more, so that nothing may
 */
export function watchReferences(
  { dialect, connection, sink }: RevisionTarget,
  { revision, direction }: RevisionFunction,
  isContinued = false,
): RevisionWatch {
  const rules = dialect.references;
  const place = { revision, direction, location: "" };
  let hasStarted = false;
  let uncheckable: readonly UncheckableTable[] = [];

  const start = async (): Promise<void> => {
    if (!rules || hasStarted) return;
    hasStarted = true;
    uncheckable = await takeStock(rules, { connection, sink }, isContinued);
  };

  const guard = async (without: readonly string[]): Promise<void> => {
    if (!rules) return;
    try {
      await sink.run(
        rules.guard(
          without,
          uncheckable.map(({ before }) => before),
        ),
      );
    } catch (error) {
      throw explainFinding(error, place);
    }
  };

  const checkTheRest = async (): Promise<void> => {
    const now = (await rules?.findUncheckable(connection)) ?? [];
    refuseFresh(now, uncheckable, place);
    await guard(now.map(({ table }) => table));
  };

  return {
    async onOperation(operation) {
      if (HARMLESS.has(operation.kind)) return;
      await start();
      if (operation.kind === "renameTable" && rules) await sink.run(rules.renameTable(operation.from, operation.to));
    },
    onQuery: start,
    async check() {
      // Perhaps everything that could break a reference has run before.
      if (isContinued) await start();
      if (!rules || !hasStarted) return;
      if (uncheckable.length > 0) {
        await checkTheRest();
      } else {
        await guard([]).catch((error: unknown) => {
          if (error instanceof LimbeckError) throw error;
          return checkTheRest();
        });
      }
      refuseProblems(await rules.findForsaken(connection), place);
      for (const statement of rules.end) await sink.run(statement);
    },
  };
}
