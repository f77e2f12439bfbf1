import type { OperationKind } from "../../src/ops/operation.ts";
import type { Operations } from "../../src/runtime/operations.ts";
import type { ModelDefinition } from "../../src/schema/builder/table-definition.ts";

/** An engine that cases run on. */
export type EngineName = "sqlite" | "postgres" | "mariadb";

/** Rows by table, as `op.bulkInsert` takes them. */
export type CaseRows = Readonly<Record<string, Parameters<Operations["bulkInsert"]>[1]>>;

/** One change, and what is there when it is made. */
export interface ConformanceCase {
  readonly title: string;
  readonly start: readonly ModelDefinition[];
  /** Rows that are there before. Default none. */
  readonly rows?: CaseRows;
  readonly change: (op: Operations) => Promise<void>;
  /** What some tables hold after it, in the order of their first column; tables that are not named hold what they held. */
  readonly after?: CaseRows;
  /** The engines that have no such change, each with the reason. Default: every engine has it. */
  readonly without?: Partial<Readonly<Record<EngineName, string>>>;
}

/** The cases of every kind of operation; a kind that has none does not compile. */
export type ConformanceCases = { readonly [Kind in OperationKind]: readonly [ConformanceCase, ...ConformanceCase[]] };
