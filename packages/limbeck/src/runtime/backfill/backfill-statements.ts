import type { Dialect } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { BackfillRequest } from "./backfill-options.ts";

/** A stretch of the rows in the order of the key: behind one row, up to another one. */
export interface BackfillRange {
  /** The key of the row before the first one; absent at the beginning. */
  readonly after?: readonly SqlValue[];
  /** The key of the last row; absent where it goes to the end. */
  readonly upTo?: readonly SqlValue[];
}

/** A read, as connections take it. */
export interface BackfillQuery {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Writes the statements of one backfill. */
export interface BackfillStatements {
  /** All rows in one statement. */
  readonly whole: string;
  /** How many rows are left; the column is `n`. */
  count(range: BackfillRange): BackfillQuery;
  /** The key of the last row of the next batch; no row where none is left. */
  findEnd(range: BackfillRange, size: number): BackfillQuery;
  /** Changes the rows of a range. */
  update(range: BackfillRange): Statement;
}

/**
 * Makes what writes the statements of a backfill.
 *
 * @param key the columns in whose order it goes
 */
export function createBackfillStatements(
  { table, set, where }: BackfillRequest,
  key: readonly Column[],
  { quoteName, quoteIdentifier, placeholder }: Pick<Dialect, "quoteName" | "quoteIdentifier" | "placeholder">,
): BackfillStatements {
  const name = quoteName(table);
  const columns = key.map((column) => quoteIdentifier(column.name));
  const assignments = Object.entries(set).map(([column, expression]) => `${quoteIdentifier(column)} = ${expression}`);
  const update = `UPDATE ${name} SET ${assignments.join(", ")}`;
  // In parentheses, because the condition may have an OR in it; on a line of its own, because it may end with a remark.
  const chosen = where === undefined ? [] : [`(${where}\n)`];

  const writeConditions = ({ after, upTo }: BackfillRange): BackfillQuery => {
    const parameters: SqlValue[] = [];
    const bind = (value: SqlValue): string => {
      parameters.push(value);
      return placeholder(parameters.length);
    };
    /** Written out, because not every engine looks for `(a, b) > (1, 2)` in an index. */
    const compare = (values: readonly SqlValue[], sign: "<" | ">", last: "<=" | ">"): string => {
      const steps = values.map((value, index) => {
        const same = values.slice(0, index).map((one, at) => `${columns[at] ?? ""} = ${bind(one)}`);
        const isLast = index === values.length - 1;
        return [...same, `${columns[index] ?? ""} ${isLast ? last : sign} ${bind(value)}`].join(" AND ");
      });
      return steps.length === 1 ? steps.join("") : `(${steps.map((step) => `(${step})`).join(" OR ")})`;
    };
    const conditions = [
      ...(after ? [compare(after, ">", ">")] : []),
      ...(upTo ? [compare(upTo, "<", "<=")] : []),
      ...chosen,
    ];
    return { sql: conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`, parameters };
  };

  return {
    whole: update + writeConditions({}).sql,
    count(range) {
      const { sql, parameters } = writeConditions(range);
      return { sql: `SELECT COUNT(*) AS n FROM ${name}${sql}`, parameters };
    },
    findEnd(range, size) {
      const { sql, parameters } = writeConditions(range);
      const list = columns.join(", ");
      const backwards = columns.map((column) => `${column} DESC`).join(", ");
      const batch = `SELECT ${list} FROM ${name}${sql} ORDER BY ${list} LIMIT ${size}`;
      return { sql: `SELECT ${list} FROM (${batch}) AS batch ORDER BY ${backwards} LIMIT 1`, parameters };
    },
    update(range) {
      const { sql, parameters } = writeConditions(range);
      return { sql: update + sql, parameters, isRepeated: true };
    },
  };
}
