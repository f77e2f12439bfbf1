import { describe, expect, it } from "vitest";
import { describeChanges } from "../../../commands/describe-changes.ts";
import { knowTypes } from "../../../ops/describe/know-types.ts";
import type { Operation } from "../../../ops/operation.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { postgres } from "../index.ts";
import { resolveDomain } from "./resolve-domain.ts";

const define = (name: string, base: string): DefinedObject => ({
  kind: "domain",
  name,
  definition: `CREATE DOMAIN ${name} AS ${base}\n  CONSTRAINT c CHECK (true)`,
});

const OBJECTS = [
  define("small", "integer"),
  define("app.smaller", "small"),
  define("word", 'text COLLATE "C"'),
  define("one.code", "integer"),
  define("other.code", "text"),
];

describe("what a domain is made of", () => {
  it.each([
    ["small", { kind: "integer" }],
    ["app.smaller", { kind: "integer" }],
    ["word", { kind: "text" }],
    ["small[]", { kind: "raw", sql: "integer[]" }],
    ["one.code", { kind: "integer" }],
    ["other.code", { kind: "text" }],
    ["inet", { kind: "raw", sql: "inet" }],
  ])("%s", (sql, expected) => {
    expect(resolveDomain({ kind: "raw", sql }, OBJECTS)).toEqual(expected);
  });

  it("says what is lost of a value that goes there", () => {
    const alter = (sql: string): Operation => ({
      kind: "alterColumn",
      table: "t",
      from: { name: "c", type: { kind: "text" }, nullable: true },
      to: { name: "c", type: { kind: "raw", sql }, nullable: true },
    });
    const rules = knowTypes(postgres, { ...EMPTY_SCHEMA, objects: OBJECTS });
    const losses = ["app.smaller", "word"].map((sql) => describeChanges([alter(sql)], rules)[0]?.dataLoss);
    expect(losses).toEqual(["how numbers are written (leading zeros, for example) in t.c", undefined]);
  });
});
