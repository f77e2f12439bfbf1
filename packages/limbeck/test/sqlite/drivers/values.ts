import * as fc from "fast-check";
import { expect } from "vitest";
import type { Connection } from "../../../src/dialect/connection.ts";
import type { SqlValue } from "../../../src/ops/operation.ts";
import { onMemory } from "./on-memory.ts";
import { behaves, type Subject } from "./subject.ts";

const YEARS = { min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") };

const instants = fc.date({ noInvalidDate: true, ...YEARS });

const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);

const jsonValues = fc
  .oneof(
    fc.object({
      values: [
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
      ],
    }),
    fc.array(fc.jsonValue()),
  )
  // JSON.parse is typed as any; whatever JSON gives is an SqlValue.
  .map((value) => JSON.parse(JSON.stringify(value)) as SqlValue)
  .filter((value) => JSON.stringify(value).isWellFormed());

/** Declared types, and values that must come back from a column of that type as they went there. */
const TYPES: readonly (readonly [string, fc.Arbitrary<SqlValue>])[] = [
  ["BOOLEAN", fc.boolean()],
  ["TIMESTAMP WITH TIME ZONE", instants],
  ["TIMESTAMP", instants],
  ["DATE", instants.map((date) => date.toISOString().slice(0, 10))],
  ["TIME", fc.constantFrom("00:00:00", "23:59:59.999")],
  ["DECIMAL_TEXT(20,2)", decimalText],
  [
    "DECIMAL(15,2)",
    fc
      .integer({ min: -999_999_999, max: 999_999_999 })
      .map((cents) => (cents / 100).toFixed(2).replace(/^-0.00$/, "0.00")),
  ],
  ["BIGINT", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ["INTEGER", fc.maxSafeInteger()],
  ["JSON", jsonValues],
  ["UUID", fc.uuid()],
  ["BLOB", fc.uint8Array()],
  ["TEXT", fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""))],
  ["VARCHAR(9)", fc.constantFrom("", "1", "1e5", "0x10", " 1 ", "'", '"', "\u{1F600}", "007", "NULL")],
  ["DOUBLE", fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))],
  ["", fc.constant(null)],
];

async function goAndReturn(connection: Connection, value: SqlValue): Promise<void> {
  await connection.execute("DELETE FROM t");
  expect(await connection.execute("INSERT INTO t (v) VALUES (?)", [value])).toBe(1);
  const [row] = await connection.query("SELECT v FROM t");
  expect(row).toStrictEqual({ v: value });
  if (value === null) return;
  expect(await connection.query("SELECT count(*) AS n FROM t WHERE v = ?", [value])).toStrictEqual([{ n: 1 }]);
}

/** A value's way to the database and back. */
export function testValues(subject: Subject): void {
  for (const [type, values] of TYPES) {
    behaves(subject, `${type || "NULL"} goes and comes back`, () =>
      onMemory(subject, [`CREATE TABLE t (id INTEGER PRIMARY KEY, v ${type})`], async (connection) => {
        await fc.assert(fc.asyncProperty(values, (value) => goAndReturn(connection, value)));
      }),
    );
  }

  behaves(subject, "text keeps its zero characters", () =>
    onMemory(subject, ["CREATE TABLE t (v TEXT)"], async (connection) => {
      for (const text of ["\0", "a\0b"]) await goAndReturn(connection, text);
    }),
  );

  behaves(subject, "a part of a buffer is written alone, and bytes come as a plain Uint8Array", () =>
    onMemory(subject, [], async (connection) => {
      const part = new Uint8Array([9, 8, 7, 6]).subarray(1, 3);
      const [row] = await connection.query("SELECT ? AS a, ? AS b", [part, Buffer.from("c")]);
      expect(row).toStrictEqual({ a: new Uint8Array([8, 7]), b: new Uint8Array([99]) });
    }),
  );

  behaves(subject, "integers that nobody declared are numbers while they are safe, and bigints beyond", () =>
    onMemory(subject, [], async (connection) => {
      const sql = "SELECT 9007199254740993 AS x, 9007199254740991 AS y, ? AS z";
      expect(await connection.query(sql, [2n ** 62n])).toStrictEqual([
        { x: 9007199254740993n, y: 9007199254740991, z: 2n ** 62n },
      ]);
    }),
  );

  behaves(subject, "integers go as integers, so that a column without a type keeps them", () =>
    onMemory(subject, ["CREATE TABLE t (a, b TEXT)"], async (connection) => {
      await connection.execute("INSERT INTO t VALUES (?, ?)", [1, 1]);
      expect(await connection.query("SELECT typeof(a) AS a, b FROM t")).toStrictEqual([{ a: "integer", b: "1" }]);
    }),
  );
}
