import type { TestContext } from "vitest";
import type { Dialect } from "../../src/dialect/dialect.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";

/** An engine, and how its databases are had. */
export interface Engine {
  /** What tells it from others of its dialect. */
  readonly label: string;
  readonly dialect: Dialect;
  /** Starts what its databases need; called once in a run. */
  readonly start: () => Promise<RunningEngine>;
  /** Called once in a file of tests; what it gives skips a test where there is no server. Absent where the tests bring all that is needed. */
  readonly require?: () => (context: TestContext) => void;
}

/** An engine whose databases can be opened. */
export interface RunningEngine {
  /** Opens an empty database. */
  readonly open: () => Promise<ConformanceDatabase>;
  readonly stop: () => Promise<void>;
}
