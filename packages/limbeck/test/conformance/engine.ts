import type { TestContext } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import type { EngineName } from "./conformance-case.ts";

/** An engine, and how its databases are had. */
export interface Engine {
  /** What cases call it; several may go by one name. */
  readonly name: EngineName;
  /** What tells it from others of that name. */
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
  readonly open: () => Promise<TestDatabase>;
  readonly stop: () => Promise<void>;
}

/** A database of an engine that a case has for itself. */
export interface TestDatabase {
  readonly connection: Connection;
  /** Makes it empty. */
  readonly clear: () => Promise<void>;
  /** What the vendor's own tool says of it, as lines in a fixed order; where there is none, what the catalogue says. */
  readonly dump: () => Promise<readonly string[]>;
  /** What another oracle says, which has to agree with the first one on what is equal. */
  readonly secondDump?: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}
