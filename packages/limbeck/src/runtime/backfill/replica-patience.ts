import type { ReplicaChoice } from "../../dialect/replica-watch.ts";

/** How far behind replicas may be while a backfill runs, and who hears of it. */
export interface ReplicaPatience {
  /** In seconds, where the revision does not say it. Absent where nobody is waited for then. */
  readonly maxLag?: number;
  /** In seconds: what a revision names counts only where it is less. */
  readonly cap?: number;
  readonly choice: ReplicaChoice;
  /** Hears whom the run waits for. */
  readonly onWait: (reason: string) => void;
  /** Hears what a person should know, and nothing stops for. */
  readonly onNotice: (message: string) => void;
}
