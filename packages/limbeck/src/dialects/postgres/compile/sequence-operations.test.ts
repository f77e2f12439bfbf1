import { expect, it } from "vitest";
import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { SEQUENCE_COMPILERS } from "./sequence-operations.ts";

it("refuses options of a sequence that are written for this engine, which has none, and passes over those of others", () => {
  const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: "15.4" };
  const create = (dialect: string) => {
    const sequence = { name: "s", options: { [dialect]: { engine: "x" } } };
    return SEQUENCE_COMPILERS.createSequence({ kind: "createSequence", sequence }, context);
  };
  expect(() => create("postgres")).toThrow(expect.objectContaining({ code: "LB0513" }));
  expect(create("mysql")).toEqual([{ sql: 'CREATE SEQUENCE "s"' }]);
});
