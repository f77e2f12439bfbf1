import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { OperationKind } from "../../ops/operation.ts";
import type { Operations } from "../../runtime/operations.ts";
import type { ModelDefinition } from "../../schema/builder/table-definition.ts";

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
  /** The dialects that have no such change, by name, each with the reason. Default: every one has it. */
  readonly without?: Readonly<Record<string, string>>;
}

/** The cases of every kind of operation; a kind that has none does not compile. */
export type ConformanceCases = { readonly [Kind in OperationKind]: readonly [ConformanceCase, ...ConformanceCase[]] };

/** A database that a case has for itself. */
export interface ConformanceDatabase {
  readonly connection: Connection;
  /** Makes it empty. */
  readonly clear: () => Promise<void>;
  /** What another judge than Limbeck says that it holds, as lines in a fixed order: the dump of the vendor's own tool, or the catalogue. */
  readonly dump: () => Promise<readonly string[]>;
  /** What a second judge says, which has to agree with the first one on what is equal. Default: there is none. */
  readonly secondDump?: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Where cases get their databases. */
export interface ConformanceEngine {
  readonly dialect: Dialect;
  /** Opens an empty database. */
  readonly open: () => Promise<ConformanceDatabase>;
}
