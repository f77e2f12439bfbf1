import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionError } from "../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { decodeValue, encodeValue } from "./codec.ts";

describe("encodeValue", () => {
  it("gives integers as integers and everything else as a double", () => {
    expect(encodeValue(1)).toBe(1n);
    expect(encodeValue(Number.MAX_SAFE_INTEGER)).toBe(9007199254740991n);
    expect(encodeValue(1.5)).toBe(1.5);
    expect(encodeValue(2 ** 60)).toBe(2 ** 60);
    expect(encodeValue(-0)).toBe(-0);
  });

  it("gives booleans, Dates, objects and arrays in the forms that SQLite has for them", () => {
    expect(encodeValue(true)).toBe(1n);
    expect(encodeValue(new Date("2026-02-03T04:05:06.007+02:00"))).toBe("2026-02-03T02:05:06.007Z");
    expect(encodeValue({ a: [1, null], d: new Date(0) })).toBe('{"a":[1,null],"d":"1970-01-01T00:00:00.000Z"}');
    expect(encodeValue([])).toBe("[]");
    expect(encodeValue(Object.create(null) as Record<string, never>)).toBe("{}");
    const bytes = Buffer.from("a");
    expect(encodeValue(bytes)).toBe(bytes);
  });

  const circular: unknown[] = [];
  circular.push(circular);
  it.each<readonly [string, unknown]>([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["Infinity", -Infinity],
    ["an invalid Date", new Date("x")],
    ["a year that ISO 8601 writes with a sign", new Date(8.64e15)],
    ["a year before Christ", new Date("-000001-01-01T00:00:00Z")],
    ["a bigint of 65 bits", 2n ** 63n],
    ["a negative bigint of 65 bits", -(2n ** 63n) - 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["a Map, which JSON would write as {}", new Map([["a", 1]])],
    ["an instance of a class", new URL("https://example.org")],
    ["an ArrayBuffer", new ArrayBuffer(2)],
    ["a Float64Array", new Float64Array(2)],
    ["a circular array", circular],
    ["a bigint inside JSON", { a: 1n }],
    ["half of a surrogate pair", "a\uD800"],
  ])("refuses %s", (_name, value) => {
    expect(() => encodeValue(value as SqlValue)).toThrow(ConnectionError);
    expect(() => encodeValue(value as SqlValue)).toThrow(/LB0612/);
  });
});

describe("decodeValue", () => {
  it("takes integers for numbers where that is exact", () => {
    expect(decodeValue(5n, "INTEGER")).toBe(5);
    expect(decodeValue(5n, null)).toBe(5);
    expect(decodeValue(2n ** 53n, "INTEGER")).toBe(2n ** 53n);
    expect(decodeValue(5n, "BIGINT")).toBe(5n);
    expect(decodeValue(5n, "INT8")).toBe(5);
  });

  it("returns NULL for NULL, whatever the type", () => {
    for (const type of ["BOOLEAN", "JSON", "BIGINT", "DECIMAL(4,2)", "TIMESTAMP", "BLOB", null]) {
      expect(decodeValue(null, type)).toBeNull();
    }
  });

  it.each([
    ["2026-02-03T04:05:06.007Z", "2026-02-03T04:05:06.007Z"],
    ["2026-02-03 04:05:06.007", "2026-02-03T04:05:06.007Z"],
    ["2026-02-03 04:05:06", "2026-02-03T04:05:06.000Z"],
    ["2026-02-03 04:05", "2026-02-03T04:05:00.000Z"],
    ["2026-02-03", "2026-02-03T00:00:00.000Z"],
    ["2026-02-03 04:05:06.5", "2026-02-03T04:05:06.500Z"],
    ["2026-02-03 04:05:06.123000", "2026-02-03T04:05:06.123Z"],
    ["2026-02-03T04:05:06+02:30", "2026-02-03T01:35:06.000Z"],
    ["2026-02-03 04:05:06 -01:00", "2026-02-03T05:05:06.000Z"],
    ["0000-01-01 00:00:00", "0000-01-01T00:00:00.000Z"],
  ])("reads the timestamp %s", (text, iso) => {
    expect(decodeValue(text, "TIMESTAMP")).toEqual(new Date(iso));
    expect(decodeValue(text, "timestamp with time zone")).toEqual(new Date(iso));
  });

  it.each(["2026-02-31 00:00:00", "2026-02-03 24:00:00", "2026-02-03 04:05:06.1234", "now", "2026-2-3", "04:05", ""])(
    "leaves %j in a timestamp column as it is",
    (text) => {
      expect(decodeValue(text, "TIMESTAMP")).toBe(text);
    },
  );

  it("leaves what does not fit the declared type as it is", () => {
    expect(decodeValue(2n, "BOOLEAN")).toBe(2);
    expect(decodeValue("yes", "BOOLEAN")).toBe("yes");
    expect(decodeValue(1700000000n, "TIMESTAMP")).toBe(1700000000);
    expect(decodeValue("{", "JSON")).toBe("{");
    expect(decodeValue(1.5, "BIGINT")).toBe(1.5);
    expect(decodeValue("abc", "DECIMAL(10,2)")).toBe("abc");
    expect(decodeValue(1.239, "DECIMAL(10,2)")).toBe(1.239);
    expect(decodeValue(123456789012345.67, "DECIMAL(15,2)")).toBe(123456789012345.67);
    expect(decodeValue(Infinity, "DECIMAL(15,2)")).toBe(Infinity);
    expect(decodeValue("a", "BLOB")).toBe("a");
    expect(decodeValue(new Uint8Array([1]), "JSON")).toEqual(new Uint8Array([1]));
  });

  it("gives decimals all digits of their scale", () => {
    expect(decodeValue(12.5, "DECIMAL(10,2)")).toBe("12.50");
    expect(decodeValue(12n, "DECIMAL(10,2)")).toBe("12.00");
    expect(decodeValue(-3n, "DECIMAL(10,0)")).toBe("-3");
    expect(decodeValue(0.1 + 0.2, "DECIMAL(10,2)")).toBe("0.30");
    expect(decodeValue(1e-7, "DECIMAL(10,8)")).toBe("0.00000010");
    expect(decodeValue("1.5", "DECIMAL_TEXT(20,3)")).toBe("1.500");
    expect(decodeValue("12345678901234567.123", "DECIMAL_TEXT(20,3)")).toBe("12345678901234567.123");
  });

  it("gives back each decimal of 15 digits from the double that SQLite keeps", () => {
    const digits = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.boolean()).chain(([precision, negative]) =>
      fc.tuple(
        fc.integer({ min: 0, max: precision }),
        fc
          .array(fc.constantFrom("0", "1", "2", "5", "9"), { minLength: precision, maxLength: precision })
          .map((list) => list.join("")),
        fc.constant(negative ? "-" : ""),
      ),
    );
    fc.assert(
      fc.property(digits, ([scale, text, sign]) => {
        const whole = text.slice(0, text.length - scale).replace(/^0+(?=\d)/, "") || "0";
        const decimal = `${sign}${whole}${scale === 0 ? "" : `.${text.slice(text.length - scale)}`}`;
        fc.pre(Number(decimal) !== 0);
        expect(decodeValue(Number(decimal), `DECIMAL(${text.length},${scale})`)).toBe(decimal);
      }),
      { numRuns: 1000 },
    );
  });

  it("parses JSON", () => {
    expect(decodeValue('{"a":[1,"b"]}', "JSON")).toEqual({ a: [1, "b"] });
    expect(decodeValue("null", "JSON")).toBeNull();
    expect(decodeValue(5n, "JSON")).toBe(5);
  });
});
