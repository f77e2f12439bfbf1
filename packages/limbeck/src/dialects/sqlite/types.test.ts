import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { findAffinity } from "./affinity.ts";
import { parseType, renderStrictType, renderType } from "./types.ts";

const decimal = (precision: number, scale: number): ColumnType => ({ kind: "decimal", precision, scale });

const portable: fc.Arbitrary<ColumnType> = fc.oneof(
  ...(
    [
      "text",
      "smallint",
      "integer",
      "bigint",
      "real",
      "double",
      "boolean",
      "date",
      "time",
      "json",
      "uuid",
      "bytes",
    ] as const
  ).map((kind) => fc.constant<ColumnType>({ kind })),
  fc.record({
    kind: fc.constantFrom("varchar" as const, "char" as const),
    length: fc.integer({ min: 1, max: 100_000_000 }),
  }),
  fc
    .integer({ min: 1, max: 999 })
    .chain((precision) => fc.integer({ min: 0, max: precision }).map((scale) => decimal(precision, scale))),
  fc.boolean().map((timezone): ColumnType => ({ kind: "timestamp", timezone })),
);

describe("types", () => {
  it("reads back every portable type that it writes", () => {
    fc.assert(
      fc.property(portable, (type) => {
        expect(parseType(renderType(type))).toEqual(type);
      }),
    );
  });

  it("reads its own words in any case and spacing", () => {
    const respell = fc.tuple(portable, fc.boolean(), fc.constantFrom(" ", "  ", "\n\t"));
    fc.assert(
      fc.property(respell, ([type, lower, space]) => {
        const words = renderType(type).replaceAll(/ |(?=[(),])|(?<=[(,])/g, space);
        expect(parseType(` ${lower ? words.toLowerCase() : words}${space}`)).toEqual(type);
      }),
    );
  });

  it.each([
    "INT",
    "int",
    "DATETIME",
    "VARCHAR",
    "VARCHAR(0)",
    "VARCHAR(10,2)",
    "VARCHAR (+5)",
    "DECIMAL",
    "DECIMAL(10)",
    "DECIMAL(20,2)",
    "DECIMAL_TEXT(15,2)",
    "DECIMAL(4,5)",
    "DECIMAL(10,-2)",
    "NUMERIC(10,2)",
    "DOUBLE PRECISION",
    "TINYINT(1)",
    "TIMESTAMP WITHOUT TIME ZONE",
    "character varying (10 , 2)",
    "bool",
    "ANY",
    "",
  ])("leaves %j raw in its own spelling", (sql) => {
    expect(parseType(sql)).toEqual({ kind: "raw", sql });
    expect(renderType({ kind: "raw", sql })).toBe(sql);
  });

  it("gives each type the affinity that keeps its values", () => {
    const affinity = (type: ColumnType): string => findAffinity(renderType(type));
    expect(affinity(decimal(15, 2))).toBe("numeric");
    expect(affinity(decimal(16, 2))).toBe("text");
    expect(affinity({ kind: "timestamp", timezone: true })).toBe("numeric");
    expect(affinity({ kind: "double" })).toBe("real");
    expect(affinity({ kind: "varchar", length: 3 })).toBe("text");
    expect(affinity({ kind: "bigint" })).toBe("integer");
    expect(affinity({ kind: "bytes" })).toBe("blob");
    expect(affinity({ kind: "raw", sql: "" })).toBe("blob");
    expect(affinity({ kind: "raw", sql: "CHARINT" })).toBe("integer");
    expect(affinity({ kind: "raw", sql: "FLOATING POINT" })).toBe("integer");
  });

  it("writes only types that STRICT tables take", () => {
    fc.assert(
      fc.property(portable, (type) => {
        expect(["INTEGER", "REAL", "TEXT", "BLOB"]).toContain(renderStrictType(type));
      }),
    );
    expect(renderStrictType({ kind: "raw", sql: "ANY" })).toBe("ANY");
  });
});
