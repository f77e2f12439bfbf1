import { buildSchemaOn } from "../../../../packages/limbeck/src/dialect/build-schema-on.ts";
import type { Connection } from "../../../../packages/limbeck/src/dialect/connection.ts";
import { diffSchema } from "../../../../packages/limbeck/src/diff/diff-schema.ts";
import type { Rename, Renames } from "../../../../packages/limbeck/src/diff/renames/rename.ts";
import { applyOperation } from "../../../../packages/limbeck/src/ops/apply/apply-operation.ts";
import { describeOperation } from "../../../../packages/limbeck/src/ops/describe/describe-operation.ts";
import { knowTypes } from "../../../../packages/limbeck/src/ops/describe/know-types.ts";
import { listLosses, type LostData } from "../../../../packages/limbeck/src/ops/describe/list-losses.ts";
import { dispatchOperation, type Operation } from "../../../../packages/limbeck/src/ops/operation.ts";
import { reverseOperation } from "../../../../packages/limbeck/src/ops/reverse/reverse-operation.ts";
import { compareRows, type RowChange } from "../../../../packages/limbeck/src/runtime/rows/compare-rows.ts";
import { fillTables } from "../../../../packages/limbeck/src/runtime/rows/fill-tables.ts";
import { createRandom } from "../../../../packages/limbeck/src/runtime/rows/random.ts";
import { readRows, type RowSnapshot } from "../../../../packages/limbeck/src/runtime/rows/read-rows.ts";
import type { Schema } from "../../../../packages/limbeck/src/schema/model/schema.ts";
import type { PairOutcome } from "../../random/random-pairs.ts";
import type { DrawnPair } from "./arbitrary-pair.ts";
import type { DatabasePair, RandomEngine } from "./random-engine.ts";

/** How many rows a table is given. */
const ROWS = 4;

/** A statement that the server refuses. */
class RefusedStatement extends Error {}

/** There is no way between two types, whatever the rows. */
export class ImpossibleChange extends Error {}

/** What the server makes of a schema; undefined where it refuses it. */
async function build(
  { dialect, erase }: RandomEngine,
  connection: Connection,
  schema: Schema,
): Promise<Schema | undefined> {
  await erase(connection);
  try {
    await buildSchemaOn(connection, dialect, schema);
    return (await dialect.introspect(connection)).schema;
  } catch {
    return undefined;
  }
}

/** Whether the server has an index as such, on both sides; a unique one may be a constraint to it. */
function isThere({ kind, from, to }: Rename, before: Schema, after: Schema): boolean {
  const hasIndex = ({ tables }: Schema, name: string): boolean =>
    tables.some(({ indexes }) => indexes.some((index) => index.name === name));
  return kind !== "index" || (hasIndex(before, from) && hasIndex(after, to));
}

/** One walk: up, and back down, with rows where they let it. */
class PairRun {
  readonly #engine: RandomEngine;
  readonly #live: Connection;
  readonly #renames: Renames;
  /** What holds former rows: a change that writes into rows makes some. */
  readonly #former = new Set<string>();
  refusals = 0;
  readonly problems: string[] = [];

  constructor(engine: RandomEngine, live: Connection, renames: Renames) {
    this.#engine = engine;
    this.#live = live;
    this.#renames = renames;
  }

  async fill(schema: Schema, seed: number): Promise<number> {
    let serial = seed % 1000;
    await fillTables({
      dialect: this.#engine.dialect,
      connection: this.#live,
      schema,
      countRows: () => ROWS,
      random: createRandom(seed),
      nextSerial: () => (serial += 1),
    });
    const rows = await this.readRows(schema);
    return [...rows.values()].reduce((sum, table) => sum + table.rows.count, 0);
  }

  async readRows(schema: Schema): Promise<RowSnapshot> {
    const { dialect } = this.#engine;
    const holders = await dialect.rows.listHolders(this.#live, schema, []);
    for (const { name, formerOf } of holders) if (formerOf !== undefined) this.#former.add(name);
    return readRows(this.#live, dialect, holders);
  }

  async #run(operations: readonly Operation[], start: Schema): Promise<void> {
    const { dialect, isImpossible } = this.#engine;
    let before = start;
    for (const operation of operations) {
      const after = applyOperation(operation, before);
      const context = { before, after, serverVersion: this.#live.serverVersion };
      for (const { sql, guard } of dispatchOperation(dialect.compile, operation, context)) {
        const found = guard === undefined ? [] : await this.#live.query(sql);
        if (found.length > 0) throw new RefusedStatement(`${sql}\n${guard}`);
        if (guard !== undefined) continue;
        await this.#live.execute(sql).catch((error: unknown) => {
          const message = dialect.describeDatabaseError(error);
          const Failure = isImpossible(message) ? ImpossibleChange : RefusedStatement;
          throw new Failure(`${sql}\n${message}`, { cause: error });
        });
      }
      before = after;
    }
  }

  /** Runs operations; where rows forbid it, once more without rows. */
  async move(operations: readonly Operation[], start: Schema, hasRows: boolean): Promise<boolean> {
    try {
      await this.#run(operations, start);
      return hasRows;
    } catch (error) {
      if (!hasRows || !(error instanceof RefusedStatement)) throw error;
      this.refusals += 1;
      // Some of it may have been committed.
      await build(this.#engine, this.#live, start);
      await this.#run(operations, start);
      return false;
    }
  }

  async expectSchema(name: string, wanted: Schema): Promise<Schema> {
    const { dialect } = this.#engine;
    const { schema } = await dialect.introspect(this.#live);
    const differences = diffSchema(schema, wanted, dialect.diffRules).map(describeOperation);
    for (const difference of differences) this.problems.push(`${name}: ${difference}`);
    return schema;
  }

  /** What the tool says that the way up destroys, by the names from before it. */
  #findAnnounced(losses: readonly LostData[], before: RowSnapshot): (change: RowChange) => boolean {
    const formerTable = (name: string): string =>
      this.#renames.find(({ kind, to }) => kind === "table" && to === name)?.from ?? name;
    const formerColumn = (table: string, name: string): string =>
      this.#renames.find((one) => one.kind === "column" && one.table === table && one.to === name)?.from ?? name;
    // Without the values of its key a row is not found again.
    const listColumns = ({ table, column }: RowChange): readonly string[] =>
      column === null ? (before.get(table)?.key ?? []) : [column];
    const isMeant = ({ table, column }: LostData, change: RowChange): boolean =>
      [table, formerTable(table)].includes(change.table) &&
      (column === undefined || listColumns(change).some((one) => [column, formerColumn(table, column)].includes(one)));
    return (change) => losses.some((loss) => isMeant(loss, change));
  }

  compareRows(before: RowSnapshot, after: RowSnapshot, losses: readonly LostData[]): void {
    const isAnnounced = this.#findAnnounced(losses, before);
    for (const change of compareRows(before, after)) {
      if (isAnnounced(change) || (change.kind === "added" && this.#former.has(change.table))) continue;
      const { table, column, kind, rows, of } = change;
      this.problems.push(`rows: ${kind} ${column === null ? table : `${table}.${column}`}: ${rows} of ${of}`);
    }
  }
}

/**
 * Makes a database with rows from one schema, and carries out what leads to another one, and back. Up gives the other schema, down the first one with all rows, but
 * for what the tool says that it destroys; a second comparison finds nothing.
 *
 * @returns undefined where the server cannot hold one of the schemas
 * @throws ImpossibleChange where the server knows no way between two types
 * @throws Error with everything that is wrong
 */
export async function runRandomPair(
  engine: RandomEngine,
  { live, other }: DatabasePair,
  pair: DrawnPair,
): Promise<PairOutcome | undefined> {
  const [before, after] = [await build(engine, live, pair.from), await build(engine, other, pair.to)];
  if (!before || !after) return undefined;
  const renames = pair.renames.filter((rename) => isThere(rename, before, after));
  const run = new PairRun(engine, live, renames);
  const rows = await run.fill(before, pair.seed);
  const snapshot = await run.readRows(before);
  const operations = diffSchema(before, after, engine.dialect.diffRules, renames);

  const fail = (problems: readonly string[], cause?: unknown): never => {
    throw new Error([...problems, ...operations.map((one) => `-- ${describeOperation(one)}`)].join("\n"), { cause });
  };
  const failOnProblems = (): void => {
    if (run.problems.length > 0) fail(run.problems);
  };
  const move = (way: readonly Operation[], start: Schema, hasRows: boolean): Promise<boolean> =>
    run.move(way, start, hasRows).catch((error: unknown) => {
      if (error instanceof RefusedStatement) fail([error.message], error);
      throw error;
    });
  let isFilled = await move(operations, before, rows > 0);
  const above = await run.expectSchema("after upgrade", after);
  failOnProblems();
  isFilled = await move(operations.toReversed().map(reverseOperation), above, isFilled);
  const below = await run.expectSchema("after downgrade", before);
  const rules = knowTypes(engine.dialect, before, after);
  const losses = operations.flatMap((operation) => listLosses(operation, rules));
  if (isFilled) run.compareRows(snapshot, await run.readRows(below), losses);
  failOnProblems();
  return { schemas: [before, after], operations, rows, refusals: run.refusals };
}
