import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { mentionsIdentifier } from "../../ops/expression/identifiers.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { Table } from "../../schema/model/table.ts";
import type { ColumnValues } from "./list-values.ts";
import { pickOne, type Random } from "./random.ts";
import { suggestValues } from "./suggest-values.ts";

type NewRow = Readonly<Record<string, SqlValue>>;

/** Where the checks of a table are tried, and with what. */
export interface CheckTrial {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly table: Table;
  /** Values that the types of its columns let in. */
  readonly values: ColumnValues;
  /** The conditions that rows of the table have to keep. */
  readonly conditions: readonly string[];
  readonly random: Random;
}

/** How many values are changed before a row is given up. */
const STEPS = 300;

/** The checks that a row breaks, as the engine sees it; none where it can't say. */
async function findBroken(
  { dialect, connection, table }: CheckTrial,
  checks: readonly string[],
  row: NewRow,
): Promise<readonly string[]> {
  const { quoteIdentifier, placeholder } = dialect;
  const columns = table.columns
    .map(({ name, type }, index) => `${placeholder(index + 1, type)} AS ${quoteIdentifier(name)}`)
    .join(", ");
  // False is what breaks a check; true and NULL do not.
  const answers = checks.map((condition, index) => `CASE WHEN NOT (${condition}) THEN 1 ELSE 0 END AS c${index}`);
  const sql = `SELECT ${answers.join(", ")} FROM (SELECT ${columns}) AS ${quoteIdentifier(table.name)}`;
  const values = table.columns.map(({ name }) => row[name] ?? null);
  try {
    const [answer = {}] = await connection.query(sql, values);
    return checks.filter((_, index) => Number(answer[`c${index}`]) === 1);
  } catch {
    return [];
  }
}

/**
 * Changes values of a row, one at a time, until no check is broken: each of a column that a broken check speaks of, to one that it may want.
 *
 * @returns the last attempt; the engine has the last word when it is inserted
 */
export async function satisfyChecks(start: NewRow, trial: CheckTrial): Promise<NewRow> {
  const { table, random, conditions } = trial;
  if (conditions.length === 0) return start;
  let row = start;
  for (let step = 0; step < STEPS; step += 1) {
    const [broken] = await findBroken(trial, conditions, row);
    if (!broken) return row;
    const column = pickOne(
      table.columns.filter(({ name }) => name in row && mentionsIdentifier(broken, name)),
      random,
    );
    if (!column) return row;
    const values = [...(trial.values.get(column.name) ?? []), ...suggestValues(conditions, column)];
    row = { ...row, [column.name]: pickOne(values, random) ?? null };
  }
  return row;
}
