import type { Introspection } from "../dialect/dialect.ts";
import type { StatementRenderer } from "../runtime/statement-sink.ts";

/** How operations become text. */
export interface CompileOptions {
  /** What the first operation meets. */
  readonly start: Introspection;
  readonly render: StatementRenderer;
  /** The version of the engine that will run the statements. Default: that of the scratch database. */
  readonly targetVersion?: string;
  /** Do without a scratch database in any case. Default false: only where none can be had. */
  readonly withoutScratch?: boolean;
}
