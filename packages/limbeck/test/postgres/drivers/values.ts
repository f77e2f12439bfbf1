import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Connection } from "../../../src/dialect/connection.ts";
import { PreciseDate } from "../../../src/dialects/postgres/precise-date.ts";
import type { SqlValue } from "../../../src/ops/operation.ts";

/** The first day of the year 1, which is the earliest that has a name without BC. */
const YEARS = { min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") };

const days = fc.date({ noInvalidDate: true, ...YEARS });

const moments = fc
  .tuple(days, fc.integer({ min: 0, max: 999 }))
  .map(([date, microseconds]) => (microseconds === 0 ? date : new PreciseDate(date.getTime(), microseconds)));

const decimals = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);

const texts = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));

const jsonValues = fc
  .oneof(
    fc.object({ key: texts, values: [texts, fc.integer(), fc.boolean(), fc.constant(null)] }),
    fc.array(fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null))),
    fc.constant([]),
  )
  // JSON.parse is typed as any; whatever JSON gives is an SqlValue.
  .map((value) => JSON.parse(JSON.stringify(value)) as SqlValue)
  .filter((value) => JSON.stringify(value).isWellFormed() && !JSON.stringify(value).includes(String.raw`\u0000`));

const bigints = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });

const orNull = (values: fc.Arbitrary<SqlValue>): fc.Arbitrary<SqlValue> => fc.array(fc.option(values));

/** Types, and values that must come back from a column of that type as they went there. */
const TYPES: readonly (readonly [string, fc.Arbitrary<SqlValue>])[] = [
  ["boolean", fc.boolean()],
  ["timestamptz", moments],
  ["timestamp", moments],
  ["date", days.map((date) => date.toISOString().slice(0, 10))],
  ["time", fc.constantFrom("00:00:00", "23:59:59.999999", "12:30:00.5")],
  ["numeric(20,2)", decimals],
  ["numeric", fc.constantFrom("0", "-1.500", "1234567890123456789012345678901234567890.000000001")],
  ["bigint", bigints],
  ["integer", fc.integer()],
  ["smallint", fc.integer({ min: -32_768, max: 32_767 })],
  ["jsonb", jsonValues],
  ["json", jsonValues],
  ["uuid", fc.uuid()],
  ["bytea", fc.uint8Array()],
  ["text", texts],
  ["varchar(9)", fc.constantFrom("", "1", "1e5", "{}", " 1 ", "'", '"', "\\", "\u{1F600}", "007", "NULL", "t")],
  ["double precision", numbers],
  ["integer[]", orNull(fc.integer())],
  ["bigint[]", orNull(bigints)],
  ["text[]", orNull(texts)],
  ["boolean[]", orNull(fc.boolean())],
  ["timestamptz[]", orNull(moments)],
  ["bytea[]", orNull(fc.uint8Array())],
  ["numeric(20,2)[]", orNull(decimals)],
];

async function goAndReturn(connection: Connection, value: SqlValue): Promise<void> {
  expect(await connection.query("INSERT INTO t (v) VALUES ($1) RETURNING v", [value])).toStrictEqual([{ v: value }]);
}

async function onTable(connection: Connection, type: string, use: () => Promise<unknown>): Promise<void> {
  await connection.execute("DROP TABLE IF EXISTS t");
  await connection.execute(`CREATE TEMP TABLE t (v ${type})`);
  await use();
}

/** A value's way to the database and back. */
export function testValues(connect: () => Connection): void {
  it.each(TYPES)("%s goes and comes back", async (type, values) => {
    const connection = connect();
    const going = onTable(connection, type, () =>
      fc.assert(
        fc.asyncProperty(fc.option(values), (value) => goAndReturn(connection, value)),
        { numRuns: 15 },
      ),
    );
    await expect(going).resolves.toBeUndefined();
  });

  it("a moment of the server comes to the microsecond, and finds itself again", async () => {
    const connection = connect();
    await onTable(connection, "timestamptz", async () => {
      await connection.execute(
        "INSERT INTO t VALUES ('2026-02-21 08:30:00.123456+00'), ('2026-02-21 08:30:00.123+00')",
      );
      const [row] = await connection.query("SELECT v FROM t ORDER BY v DESC LIMIT 1");
      expect(row?.["v"]).toEqual(new PreciseDate(Date.parse("2026-02-21T08:30:00.123Z"), 456));
      expect(await connection.query("SELECT count(*) AS n FROM t WHERE v = $1", [row?.["v"] ?? null])).toEqual([
        { n: 1n },
      ]);
    });
  });

  it("what no Date can say stays text", async () => {
    const sql =
      "SELECT 'infinity'::timestamptz AS a, '-infinity'::timestamp AS b, 'NaN'::numeric AS c, '[0:1]={1,2}'::int[] AS d";
    expect(await connect().query(sql)).toStrictEqual([{ a: "infinity", b: "-infinity", c: "NaN", d: "[0:1]={1,2}" }]);
  });

  it("numbers that are none come as JavaScript has them", async () => {
    const sql = "SELECT 'NaN'::float8 AS a, 'Infinity'::float8 AS b, '-Infinity'::float4 AS c, '-0'::float8 AS d";
    expect(await connect().query(sql)).toStrictEqual([{ a: Number.NaN, b: Infinity, c: -Infinity, d: -0 }]);
  });

  it("lists of lists come as lists", async () => {
    const sql = `SELECT '{{1,2},{3,4}}'::int[] AS a, '{"{","}",",","\\"","\\\\",NULL,"NULL",""}'::text[] AS b, '{}'::text[] AS c`;
    expect(await connect().query(sql)).toStrictEqual([
      {
        a: [
          [1, 2],
          [3, 4],
        ],
        b: ["{", "}", ",", '"', "\\", null, "NULL", ""],
        c: [],
      },
    ]);
  });

  it("text with a zero character is refused, and nothing is written", async () => {
    const connection = connect();
    await onTable(connection, "text", async () => {
      await expect(connection.execute("INSERT INTO t VALUES ($1)", ["a\0b"])).rejects.toMatchObject({ code: "LB0612" });
      expect(await connection.query("SELECT v FROM t")).toStrictEqual([]);
    });
  });

  it("one of two columns with the same name counts, and rows without columns are rows", async () => {
    expect(await connect().query("SELECT 1 AS a, 2 AS b")).toStrictEqual([{ a: 1, b: 2 }]);
    expect(await connect().query("SELECT NULL AS a, NULL::int AS b")).toStrictEqual([{ a: null, b: null }]);
  });
}
