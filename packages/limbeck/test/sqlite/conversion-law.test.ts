import * as fc from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { convertValue, type ValuePlace } from "../../src/dialects/sqlite/compile/convert-value.ts";
import { describeNarrowing } from "../../src/dialects/sqlite/describe-narrowing.ts";
import { parseType } from "../../src/dialects/sqlite/types.ts";
import { judgeConversion, type Meaning } from "./judge-conversion.ts";
import { ENCODINGS, readCells } from "./stored-cell.ts";

/** Types as SQLite has them in its text, and what they mean. */
const TYPES: Readonly<Record<string, Meaning>> = {
  TEXT: "text",
  "VARCHAR(5)": "text",
  CLOB: "text",
  "TEXT COLLATE NOCASE": "text",
  "TEXT COLLATE RTRIM": "text",
  INTEGER: "integer",
  SMALLINT: "integer",
  INT: "integer",
  REAL: "real",
  DOUBLE: "real",
  FLOAT: "real",
  "DECIMAL(12,2)": "decimal",
  "DECIMAL_TEXT(30,2)": "exact decimal",
  BOOLEAN: "boolean",
  DATE: "date",
  TIME: "time",
  TIMESTAMP: "timestamp",
  "TIMESTAMP WITH TIME ZONE": "timestamp",
  JSON: "json",
  UUID: "uuid",
  BLOB: "bytes",
  LONGBLOB: "bytes",
  "": "untyped",
  DATETIME: "numeric",
  NUMERIC: "numeric",
  "NUMERIC(10,2)": "numeric",
};

const STRICT_TYPES: Readonly<Record<string, Meaning>> = {
  TEXT: "text",
  INTEGER: "integer",
  INT: "integer",
  REAL: "real",
  BLOB: "bytes",
  ANY: "untyped",
};

const TEXTS: readonly string[] = [
  ..."abc|| |0|1|2|-1|007|00501|12| 5 |5\n|+5|+491234|-0|0.0|.5|5.|1.0|1.5|1.50|12.50|23100000003e8|1e3|1E3|1e|1.5e300|1e400|1e-400|4.9e-324".split(
    "|",
  ),
  ..."9007199254740993|9007199254740993.0|9223372036854775807|9223372036854775808|-9223372036854775808".split("|"),
  ..."12345678901234567890|1.00000000000000000001|0.1234567890123456789|1234567890123456.5|0.1|0.30000000000000004".split(
    "|",
  ),
  ..."100000000000000000000|1.0e+20|1.0E+20|NaN|Inf|-Infinity|nan|true|false|null|0x1F|1_000|1,5|12abc|\u0665".split(
    "|",
  ),
  ..."now|2460000|2460000.5|2026-02-21|2026-02-30|0000-01-01|26-2-1|2026-02-21 10:20|2026-02-21T10:20:30.123456Z".split(
    "|",
  ),
  ..."2026-02-21T23:20:30+02:00|2026-02-21 junk|2026-02-21 |24:00|10:20|10:20:30|10:20:30.5|10:20Z|10:20:30junk|99:99".split(
    "|",
  ),
  ...`{"a":1}|[1, 2]|"x"|{a|{a:1}|[1,]|1.10|-1|1e5`.split("|"),
  "6f1c1a3e-7c55-4e4c-9d7e-0b8f5b1f2a90",
  "00000000000000000000000000000012",
  "123456789012345678901234567890123456",
  "6f1c1a3e-7c55-4e4c-9d7e-0b8f5b1f2a9g",
  "1\0",
  "12\0abc",
  "2026-02-21\0",
  "ü€🙂",
  "\uFFFD",
];

const NUMBERS: readonly string[] = [
  ..."0 1 2 -1 12 2026 2460000 9007199254740993 9223372036854775807 -9223372036854775808".split(" "),
  ..."0.0 -0.0 1.0 2.0 2.5 0.1 0.30000000000000004 1e20 1e300 1e18 9.3e18 9007199254740992.0 9e999 -9e999 4.9e-324".split(
    " ",
  ),
];

const BLOBS: readonly string[] = [
  "",
  ..."00 61 616263 3132 303132 00ff ff c3 c3a4 e282ac f09f9982 eda080 c080 61ff efbfbd 610062 2026 7b7d 31".split(" "),
  Buffer.from("2026-02-21").toString("hex"),
  Buffer.from("12.50").toString("hex"),
];

/** Text through bound bytes, because SQL stops at a zero character; in the encoding of the database. */
type Value = { readonly sql: string; readonly bound?: string };

const VALUES: readonly Value[] = [
  { sql: "NULL" },
  ...TEXTS.map((bound) => ({ sql: "?", bound })),
  ...NUMBERS.map((sql) => ({ sql })),
  ...BLOBS.map((hex) => ({ sql: `x'${hex}'` })),
  // Text that is none, as a careless client stores it.
  ...["ff", "c3", "3100ff", "61ff62"].map((hex) => ({ sql: `CAST(x'${hex}' AS TEXT)` })),
];

const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  fc.double({ noNaN: true }).map((value) => ({ sql: "?", bound: String(value) })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ sql: /[.e]/.test(String(value)) ? String(value) : `${value}.0` })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ sql: String(value) })),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((value) => ({ sql: "?", bound: String(value) })),
  fc.stringMatching(/^ ?[+-]?[0-9]{0,18}\.?[0-9]{0,18}(e[+-]?[0-9]{1,3})? ?$/).map((bound) => ({ sql: "?", bound })),
  fc
    .stringMatching(/^[0-9]{2,4}[-:][0-9]{2}[-: T.]?[0-9]{0,2}[T :.]?[0-9]{0,2}[Z:.]?[0-9]{0,5}$/)
    .map((bound) => ({ sql: "?", bound })),
  fc.string({ unit: "binary" }).map((bound) => ({ sql: "?", bound })),
  fc.json().map((bound) => ({ sql: "?", bound })),
  fc.uuid().map((bound) => ({ sql: "?", bound })),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => ({ sql: `x'${Buffer.from(bytes).toString("hex")}'` })),
  fc.string({ unit: "grapheme" }).map((text) => ({ sql: `x'${Buffer.from(text).toString("hex")}'` })),
);

interface Home {
  readonly declared: string;
  readonly isStrict: boolean;
}

const meaningOf = ({ declared, isStrict }: Home): Meaning => (isStrict ? STRICT_TYPES : TYPES)[declared] ?? "untyped";

const placeOf = ({ declared, isStrict }: Home): ValuePlace => ({
  type: parseType(declared.replace(/ COLLATE .*/, "")),
  isStrict,
  isRowid: false,
});

const createTable = (name: string, { declared, isStrict }: Home): string =>
  `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, c ${declared})${isStrict ? " STRICT" : ""}`;

function fill(database: DatabaseSync, values: readonly Value[]): void {
  for (const { sql, bound } of values) {
    try {
      const insert = database.prepare(`INSERT INTO source (c) VALUES (${sql})`);
      if (bound === undefined) insert.run();
      else insert.run(bound);
    } catch (error) {
      // A STRICT table does not take every value.
      if (!String(error).includes("cannot store")) throw error;
    }
  }
}

interface Verdicts {
  readonly faults: readonly string[];
  readonly changed: number;
  readonly refused: number;
}

/** Converts all values that the misfit lets through, as a rebuild copies them, and judges each. */
function convertAll(database: DatabaseSync, from: Home, to: Home, encoding: string): Verdicts {
  const { value, misfit = "0" } = convertValue(placeOf(from), placeOf(to), "c");
  database.exec(createTable("target", to));
  database.exec(`INSERT INTO target SELECT id, ${value} FROM source WHERE c IS NULL OR NOT ifnull(${misfit}, 0)`);
  const sources = readCells(database, "source", encoding);
  const targets = readCells(database, "target", encoding);
  const texts = new Map(
    database
      .prepare("SELECT id, CAST(c AS TEXT) AS c FROM target")
      .all()
      .map((row) => [row["id"], String(row["c"])]),
  );
  database.exec("DROP TABLE target");
  const warning = describeNarrowing(placeOf(from).type, placeOf(to).type);
  const faults = [...targets].flatMap(([id, after]) => {
    const before = sources.get(id) ?? { class: "null" };
    const fault = judgeConversion({
      from: meaningOf(from),
      to: meaningOf(to),
      before,
      after,
      written: texts.get(id) ?? "",
      isWarned: warning !== undefined,
    });
    const show = (cell: unknown): string =>
      JSON.stringify(cell, (_, one: unknown) => (typeof one === "bigint" ? `${one}n` : one));
    return fault === undefined
      ? []
      : [`${from.declared} to ${to.declared}, ${encoding}: ${show(before)} became ${show(after)}: ${fault}`];
  });
  const changed = [...targets].filter(([id, after]) => sources.get(id)?.class !== after.class).length;
  return { faults, changed, refused: sources.size - targets.size };
}

function openSource(from: Home, encoding: string, values: readonly Value[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`PRAGMA encoding='${encoding}'; ${createTable("source", from)}`);
  fill(database, values);
  return database;
}

const HOMES: readonly Home[] = Object.keys(TYPES).map((declared) => ({ declared, isStrict: false }));
const STRICT_HOMES: readonly Home[] = Object.keys(STRICT_TYPES).map((declared) => ({ declared, isStrict: true }));
const ALL_HOMES: readonly Home[] = [...HOMES, ...STRICT_HOMES];

describe.each(ENCODINGS)("a change of type in a database of %s", (encoding) => {
  it("keeps what a value means, or refuses it, or warns: every hazard, from every type to every type, STRICT or not", () => {
    const faults: string[] = [];
    let [changed, refused] = [0, 0];
    for (const from of ALL_HOMES) {
      const database = openSource(from, encoding, VALUES);
      for (const to of ALL_HOMES) {
        const verdicts = convertAll(database, from, to, encoding);
        faults.push(...verdicts.faults);
        changed += verdicts.changed;
        refused += verdicts.refused;
      }
      database.close();
    }
    expect(faults).toEqual([]);
    // Otherwise the law would hold of conversions that refuse everything, or do nothing.
    expect(Math.min(changed, refused)).toBeGreaterThan(3000);
  });

  it("does so for random values", () => {
    const arbitraryHome = fc.constantFrom(...ALL_HOMES);
    fc.assert(
      fc.property(
        arbitraryHome,
        arbitraryHome,
        fc.array(arbitraryValue, { minLength: 20, maxLength: 20 }),
        (from, to, values) => {
          const database = openSource(from, encoding, values);
          const { faults } = convertAll(database, from, to, encoding);
          database.close();
          expect(faults).toEqual([]);
        },
      ),
    );
  });
});
