import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { describeNarrowing, findNarrowed } from "../../src/dialects/mysql/describe-narrowing.ts";
import { readText } from "../../src/dialects/mysql/driver/read-text.ts";
import { findMisfit } from "../../src/dialects/mysql/find-misfit.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import { EMPTY_SCHEMA, findTable } from "../../src/schema/model/schema.ts";
import { startOwnMariadbServer, type OwnMariadbServer } from "../support/own-mariadb-server.ts";
import { TYPE_SAMPLES } from "./type-samples.ts";

const isLong = process.env["LIMBECK_LONG"] === "1";

let server: OwnMariadbServer;
let connection: Connection;
let columns: ReadonlyMap<string, Column>;

const TYPES = [...TYPE_SAMPLES.keys()];

/** The table that holds the values of a type. */
const sourceOf = (type: string): string => `s${TYPES.indexOf(type)}`;

async function fillSource(type: string): Promise<Column> {
  const source = sourceOf(type);
  await connection.execute(`CREATE TABLE ${source} (id int PRIMARY KEY, c ${type})`);
  for (const [index, value] of (TYPE_SAMPLES.get(type) ?? []).entries()) {
    // What the type has no place for is not among its values.
    await connection.execute(`INSERT INTO ${source} VALUES (${index + 1}, ${value})`).catch(() => undefined);
  }
  const { schema } = await mysql.introspect(connection);
  const column = findTable(schema, source)?.columns[1];
  if (!column) throw new Error(`There is no column of type ${type}.`);
  return column;
}

beforeAll(async () => {
  server = await startOwnMariadbServer(() => []);
  const address = `socket=${encodeURIComponent(server.socket)}`;
  const root = await mysql.connect(`mariadb://root@localhost/information_schema?${address}`);
  await root.execute("CREATE DATABASE changes CHARACTER SET utf8mb4");
  await root.close();
  connection = await mysql.connect(`mariadb://root@localhost/changes?${address}`);
  const found = new Map<string, Column>();
  for (const type of TYPES) found.set(type, await fillSource(type));
  columns = found;
}, 120_000);

afterAll(async () => {
  await connection.close();
  await server.stop();
});

/** The statements with which the tool changes the column of a table. */
function compileChange(table: string, from: Column, to: Column): readonly string[] {
  const id: Column = { name: "id", type: { kind: "integer" }, nullable: false };
  const before = { ...EMPTY_SCHEMA, tables: [{ name: table, columns: [id, from], constraints: [], indexes: [] }] };
  const operation = { kind: "alterColumn", table, from, to } as const;
  const context = { before, after: applyOperation(operation, before), serverVersion: connection.serverVersion };
  return mysql.compile.alterColumn(operation, context).map(({ sql }) => sql);
}

/** Every value by the number of its row: what it is to the server, byte for byte. */
async function readValues(table: string, isFloat: boolean): Promise<ReadonlyMap<number, string>> {
  // The server would round a float when it writes it as text.
  const value = isFloat ? "CAST(c AS DOUBLE)" : "c";
  const rows = await connection.query(
    `SELECT id, HEX(CAST(${value} AS BINARY)) AS v FROM ${table} WHERE c IS NOT NULL`,
  );
  return new Map(rows.map((row) => [Number(row["id"]), readText(row, "v")]));
}

const describeError = (error: unknown): string => mysql.describeDatabaseError(error);

/** What became of rows in a change: those that it refused are taken out until it takes the rest. */
interface Outcome {
  readonly refused: ReadonlySet<number>;
  /** Whether the server changes such columns at all. */
  readonly isPossible: boolean;
}

async function listIds(table: string): Promise<readonly number[]> {
  return (await connection.query(`SELECT id FROM ${table} ORDER BY id`)).map((row) => Number(row["id"]));
}

/** Which rows are refused, one by one, where the server does not say. */
async function findRefused(table: string, statements: readonly string[]): Promise<readonly number[]> {
  const refused: number[] = [];
  for (const id of await listIds(table)) {
    await connection.execute(`CREATE OR REPLACE TABLE alone LIKE ${table}`);
    await connection.execute(`INSERT INTO alone SELECT * FROM ${table} WHERE id = ${id}`);
    try {
      for (const sql of statements) await connection.execute(sql.replace("`t`", "`alone`"));
    } catch {
      refused.push(id);
    }
  }
  return refused;
}

async function change(table: string, from: Column, to: Column): Promise<Outcome> {
  const refused = new Set<number>();
  const statements = compileChange(table, from, to);
  for (;;) {
    try {
      for (const sql of statements) await connection.execute(sql);
      return { refused, isPossible: true };
    } catch (error) {
      const [, row] = /at row (\d+)/.exec(describeError(error)) ?? [];
      const ids = await listIds(table);
      const named = row === undefined ? undefined : ids[Number(row) - 1];
      const gone = named === undefined ? await findRefused(table, statements) : [named];
      if (gone.length === 0 || ids.length === 0) return { refused: new Set([...refused, ...ids]), isPossible: false };
      for (const id of gone) refused.add(id);
      await connection.execute(`DELETE FROM ${table} WHERE id IN (${gone.join(", ")})`);
    }
  }
}

const isFloatType = (type: string): boolean => type.startsWith("float");

/** A change of type there and back, with what became of each row. */
interface Trial {
  readonly name: string;
  /** The table that holds the rows as they were. */
  readonly source: string;
  readonly from: Column;
  readonly to: Column;
  readonly before: ReadonlyMap<number, string>;
  readonly up: Outcome;
  readonly down: Outcome;
  readonly lost: readonly number[];
  readonly show: (ids: readonly number[]) => string;
}

/** Undefined where the server does not change such a column at all. */
async function tryChange(fromType: string, toType: string): Promise<Trial | undefined> {
  const [from, to] = [columns.get(fromType), columns.get(toType)];
  if (!from || !to) throw new Error("There is no such type.");
  const source = sourceOf(fromType);
  await connection.execute(`CREATE OR REPLACE TABLE t LIKE ${source}`);
  await connection.execute(`INSERT INTO t SELECT * FROM ${source}`);
  const before = await readValues("t", isFloatType(fromType));
  const up = await change("t", from, to);
  if (!up.isPossible) return undefined;
  const down = await change("t", to, from);
  const after = down.isPossible ? await readValues("t", isFloatType(fromType)) : new Map<number, string>();
  const values = TYPE_SAMPLES.get(fromType) ?? [];
  const cut = (text: string | undefined): string => (text ?? "gone").slice(0, 60);
  return {
    name: `${fromType} -> ${toType}`,
    source,
    from,
    to,
    before,
    up,
    down,
    lost: [...before.keys()].filter((id) => after.has(id) && after.get(id) !== before.get(id)),
    show: (ids) => ids.map((id) => `${values[id - 1]} (${cut(before.get(id))} -> ${cut(after.get(id))})`).join(", "),
  };
}

async function findMatching(source: string, condition: string): Promise<ReadonlySet<number>> {
  const rows = await connection.query(`SELECT id FROM ${source} WHERE c IS NOT NULL AND (${condition})`);
  return new Set(rows.map((row) => Number(row["id"])));
}

/** Changes that are said to lose something, and lose it only when the table is copied, or by values that nobody has here. */
const TOO_CAREFUL: readonly string[] = [
  "float -> float(7,3)",
  "double -> double(12,2)",
  "double(12,2) -> time(3)",
  "double(12,2) -> time(6)",
];

/** What is lost is told, and what is told is lost. */
function judgeLoss({ name, from, to, before, up, down, lost, show }: Trial): readonly string[] {
  const announced = describeNarrowing(from.type, to.type);
  if (announced === undefined) return lost.length === 0 ? [] : [`loses in silence: ${show(lost)}`];
  const isLossless = lost.length === 0 && down.refused.size === 0 && up.refused.size < before.size;
  return isLossless && !TOO_CAREFUL.includes(name) ? [`says that it loses ${announced}, and loses nothing`] : [];
}

/** Where a condition tells which values lose something, no other does. */
async function judgeNarrowed({ source, from, to, lost, show }: Trial): Promise<readonly string[]> {
  const condition = findNarrowed("`c`", from.type, to.type);
  if (condition === undefined) return [];
  const found = await findMatching(source, condition);
  const missed = lost.filter((id) => !found.has(id));
  return missed.length === 0 ? [] : [`loses what ${condition} does not find: ${show(missed)}`];
}

/** What is refused is counted, and what is counted is refused. */
async function judgeCount({ source, from, to, up, lost, show }: Trial): Promise<readonly string[]> {
  const misfit = findMisfit("`c`", from.type, to.type);
  // Only rows under one character set are counted here.
  if (misfit === "" || from.collation !== to.collation) return [];
  const counted = misfit === undefined ? new Set<number>() : await findMatching(source, misfit);
  const missed = [...up.refused].filter((id) => !counted.has(id));
  const invented = [...counted].filter((id) => !up.refused.has(id) && !lost.includes(id));
  return [
    ...(missed.length > 0 ? [`refuses what ${misfit} does not find: ${show(missed)}`] : []),
    ...(invented.length > 0 ? [`takes what ${misfit} finds: ${show(invented)}`] : []),
  ];
}

/** What is wrong with what the tool says of a change of type, judged by what the server does with rows. */
async function findProblems(fromType: string, toType: string): Promise<readonly string[]> {
  const trial = await tryChange(fromType, toType);
  if (!trial) return [];
  const problems = [...judgeLoss(trial), ...(await judgeNarrowed(trial)), ...(await judgeCount(trial))];
  return problems.map((problem) => `${trial.name}: ${problem}`);
}

/** Each type with each other one, or with some where there is not all the time of the world. */
const listTargets = (from: string): readonly string[] =>
  TYPES.filter((to, index) => to !== from && (isLong || (index + TYPES.indexOf(from)) % 12 === 0));

describe("rows of a column of MariaDB", { timeout: 600_000 }, () => {
  it.each(TYPES)("of type %s go to any other type and back, or are refused or told of, and counted", async (from) => {
    const wrong: string[] = [];
    for (const to of listTargets(from)) {
      wrong.push(...(await findProblems(from, to)));
    }
    expect(wrong).toEqual([]);
  });
});
