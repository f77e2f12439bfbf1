import type { Operation } from "../../ops/operation.ts";

/** Something that rows have to be like before a change can be made. */
export interface DataNeed {
  /** The change that such rows stop, as it stands in the list of operations. */
  readonly operation: Operation;
  /** Where the rows are once the change is made. */
  readonly table: string;
  /** What is wrong with the rows: `have NULL in title`. */
  readonly fault: string;
  /** Whether that is so of each row that there may be. Default false. */
  readonly isOfEach?: true;
  /** Counts the rows that are wrong, in the database as it is before everything; absent where they cannot be told by a query. */
  readonly count?: string;
  /** SQL to begin with in the place before the change; a person has to fill in the rest. */
  readonly remedy: string;
}

/** A need, and what came of counting. */
export interface CountedNeed extends DataNeed {
  /** How many rows are wrong now; undefined where nobody has counted. */
  readonly rows: number | undefined;
}

/** What is wrong with a single row: `has NULL in title`. */
const toSingular = (fault: string): string => fault.replace(/^\w+/, (verb) => (verb === "have" ? "has" : `${verb}s`));

/** A sentence about the rows that are wrong. */
export function describeNeed({ table, fault, rows }: CountedNeed): string {
  if (rows === undefined) return `Rows of ${table} that ${fault} stop the upgrade; they were not counted.`;
  if (rows === 0) return `No rows of ${table} ${fault} now; where there are some, they stop the upgrade.`;
  if (rows === 1) {
    return `1 row of ${table} ${toSingular(fault)}: the upgrade stops at it until it says what becomes of the row.`;
  }
  return `${rows} rows of ${table} ${fault}: the upgrade stops at them until it says what becomes of them.`;
}

/** The same of the way back, which runs when nobody knows yet which rows there will be. */
export const describeNeedOnTheWayBack = ({ table, fault }: DataNeed): string =>
  `Rows of ${table} ${fault}: the downgrade stops at them until it says what becomes of them.`;
