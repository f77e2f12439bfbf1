import { describe, expect, it } from "vitest";
import { dispatchOperation, type Operation } from "../../../ops/operation.ts";
import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { COMPILE } from "./compile-operations.ts";

const MARIADB = "10.11.6";
const MYSQL = "8.0.36";

const compile = (operation: Operation, serverVersion: string): readonly string[] => {
  const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion };
  return dispatchOperation(COMPILE, operation, context).map(({ sql }) => sql);
};

const from = { kind: "function", name: "f", definition: "CREATE FUNCTION f() RETURNS int RETURN 1" };
const to = { ...from, definition: "CREATE FUNCTION f() RETURNS int RETURN 2" };

describe("objects that are kept as definitions", () => {
  it("are replaced in their place on MariaDB, and go and come back on MySQL", () => {
    const operation = { kind: "replaceObject", from, to } as const;
    expect(compile(operation, MARIADB)).toEqual(["CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 2"]);
    expect(compile(operation, MYSQL)).toEqual(["DROP FUNCTION `f`", to.definition]);
  });

  it("are made in the session that they are meant for, which is as before afterwards", () => {
    const definition = `SET STATEMENT sql_mode = 'ANSI_QUOTES', time_zone = '+02:00' FOR CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT "a" FROM t`;
    expect(compile({ kind: "createObject", object: { kind: "event", name: "e", definition } }, MARIADB)).toEqual([
      "SET @limbeck_sql_mode = @@sql_mode",
      "SET @limbeck_time_zone = @@time_zone",
      "SET SESSION sql_mode = 'ANSI_QUOTES'",
      "SET SESSION time_zone = '+02:00'",
      `CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT "a" FROM t`,
      "SET SESSION sql_mode = @limbeck_sql_mode",
      "SET SESSION time_zone = @limbeck_time_zone",
    ]);
  });

  it("are refused where the engine has no such kind", () => {
    const object = { kind: "domain", name: "d", definition: "CREATE DOMAIN d AS int" };
    expect(() => compile({ kind: "createObject", object }, MARIADB)).toThrow(
      expect.objectContaining({ code: "LB0541" }),
    );
  });
});

describe("sequences", () => {
  it("are refused on MySQL, and where they say what MariaDB does not have", () => {
    const create =
      (sequence: object, version: string): (() => unknown) =>
      () =>
        compile({ kind: "createSequence", sequence: { name: "s", ...sequence } }, version);
    expect(create({}, MYSQL)).toThrow(expect.objectContaining({ code: "LB0541" }));
    expect(create({ type: "integer" }, MARIADB)).toThrow(expect.objectContaining({ code: "LB0544" }));
    expect(create({ ownedBy: { table: "t", column: "c" } }, MARIADB)).toThrow(
      expect.objectContaining({ code: "LB0544" }),
    );
    expect(create({ options: { mysql: { color: "red" } } }, MARIADB)).toThrow(
      expect.objectContaining({ code: "LB0513" }),
    );
    expect(create({ start: "1; DROP" }, MARIADB)).toThrow(expect.objectContaining({ code: "LB0513" }));
  });
});

describe("the columns of a system period", () => {
  const since = {
    name: "since",
    type: { kind: "timestamp", timezone: true },
    nullable: false,
    options: { mysql: { rowTime: "start" } },
  } as const;

  it("are not changed, and not made on MySQL", () => {
    const alter = { kind: "alterColumn", table: "t", from: since, to: { ...since, comment: "x" } } as const;
    expect(() => compile(alter, MARIADB)).toThrow(expect.objectContaining({ code: "LB0544" }));
    const add = { kind: "addColumn", table: "t", column: since } as const;
    expect(() => compile(add, MYSQL)).toThrow(expect.objectContaining({ code: "LB0544" }));
  });
});
