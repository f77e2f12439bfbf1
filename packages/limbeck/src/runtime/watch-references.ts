import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { RevisionTarget } from "./run-revision.ts";
import { GuardFinding } from "./statement-sink.ts";

/** Compares what points nowhere before and after a revision, for engines that do not check while it runs. */
export interface ReferenceWatch {
  /** Takes stock, at the first call; to be called before anything that could break a reference. */
  start(): Promise<void>;
  /**
   * Compares with the stock; does nothing when none was taken.
   *
   * @throws ExecutionError when more points nowhere than before
   */
  check(): Promise<void>;
}

/** Makes a watch over one revision. */
export function watchReferences(
  { dialect, connection, sink }: RevisionTarget,
  step: { readonly revision: string; readonly direction: "upgrade" | "downgrade" },
): ReferenceWatch {
  const rules = dialect.references;
  let hasStarted = false;
  let tables: readonly string[] | undefined;

  const broken = (finding: string): Error =>
    executionErrors.brokenReferences({
      revision: step.revision,
      direction: step.direction,
      location: "",
      violations: [finding],
    });

  return {
    async start() {
      if (!rules || hasStarted) return;
      hasStarted = true;
      try {
        for (const statement of rules.stock()) await sink.run(statement);
      } catch {
        // One key that cannot be checked, because what it points to has no unique index, makes the check of all fail. The others still can be.
        tables = await rules.listCheckable(connection);
        for (const statement of rules.stock(tables)) await sink.run(statement);
      }
    },
    async check() {
      if (!rules || !hasStarted) return;
      try {
        await sink.run(rules.guard(tables));
      } catch (error) {
        throw broken(error instanceof GuardFinding ? error.finding : dialect.describeDatabaseError(error));
      }
      for (const statement of rules.clear) await sink.run(statement);
    },
  };
}
