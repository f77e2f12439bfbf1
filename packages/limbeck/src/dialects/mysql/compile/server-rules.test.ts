import { describe, expect, it } from "vitest";
import { dispatchOperation, type Operation } from "../../../ops/operation.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import { EMPTY_SCHEMA, type Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { COMPILE } from "./compile-operations.ts";

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: { kind: "integer" },
  nullable: true,
  ...more,
});

const table = (more: Partial<Table> = {}): Table => ({
  name: "t",
  columns: [column("a"), column("b")],
  constraints: [],
  indexes: [],
  ...more,
});

function compile(operation: Operation, serverVersion: string, before: Schema = EMPTY_SCHEMA): readonly string[] {
  const context = { before, after: applyOperation(operation, before), serverVersion };
  return dispatchOperation(COMPILE, operation, context).map(({ sql }) => sql);
}

const schemaOf = (...tables: readonly Table[]): Schema => ({ ...EMPTY_SCHEMA, tables });

/** MySQL 8 cannot be run in the tests: these are its rules as its manual has them. */
describe("what depends on the server", () => {
  it("is the type of UUIDs", () => {
    const create: Operation = {
      kind: "createTable",
      table: table({ columns: [column("id", { type: { kind: "uuid" } })] }),
    };
    expect(compile(create, "10.11.6")).toEqual(["CREATE TABLE `t` (\n  `id` uuid\n)"]);
    expect(compile(create, "10.6.12")).toEqual(["CREATE TABLE `t` (\n  `id` char(36)\n)"]);
    expect(compile(create, "8.0.36")).toEqual(["CREATE TABLE `t` (\n  `id` char(36)\n)"]);
  });

  it("is whether text has a literal for a default", () => {
    const note = column("note", { type: { kind: "text" }, default: { kind: "value", value: "x" } });
    const add: Operation = { kind: "addColumn", table: "t", column: note };
    expect(compile(add, "10.11.6", schemaOf(table()))).toEqual([
      "ALTER TABLE `t` ADD COLUMN `note` longtext DEFAULT 'x'",
    ]);
    expect(compile(add, "8.0.36", schemaOf(table()))).toEqual([
      "ALTER TABLE `t` ADD COLUMN `note` longtext DEFAULT ('x')",
    ]);
  });

  it("is whether an index may hold expressions", () => {
    const create: Operation = {
      kind: "createIndex",
      table: "t",
      index: { name: "i", parts: [{ expression: "a + b" }], unique: false },
    };
    expect(compile(create, "8.0.36", schemaOf(table()))).toEqual(["ALTER TABLE `t` ADD INDEX `i` ((a + b))"]);
    expect(() => compile(create, "10.11.6", schemaOf(table()))).toThrow(
      expect.objectContaining({ reason: "unsupported" }),
    );
    expect(() => compile(create, "8.0.11", schemaOf(table()))).toThrow(
      expect.objectContaining({ reason: "unsupported" }),
    );
  });

  it("is the word for an index that queries pass over", () => {
    const create: Operation = {
      kind: "createIndex",
      table: "t",
      index: { name: "i", parts: [{ column: "a" }], unique: false, options: { mysql: { unused: true } } },
    };
    expect(compile(create, "10.11.6", schemaOf(table()))).toEqual(["ALTER TABLE `t` ADD INDEX `i` (`a`) IGNORED"]);
    expect(compile(create, "8.0.36", schemaOf(table()))).toEqual(["ALTER TABLE `t` ADD INDEX `i` (`a`) INVISIBLE"]);
  });

  it("is whether the index of a foreign key goes with it", () => {
    const key = {
      kind: "foreignKey",
      name: "fk",
      columns: ["a"],
      references: { table: "p", columns: ["id"] },
    } as const;
    const drop: Operation = { kind: "dropConstraint", table: "t", constraint: key };
    const before = schemaOf(table({ constraints: [key] }));
    expect(compile(drop, "10.11.6", before)).toEqual([
      "ALTER TABLE `t`\n  DROP FOREIGN KEY `fk`,\n  DROP INDEX IF EXISTS `fk`",
    ]);
    expect(compile(drop, "8.0.36", before)).toEqual(["ALTER TABLE `t` DROP FOREIGN KEY `fk`"]);
  });
});

describe("several changes of one table", () => {
  const alter = (...operations: Extract<Operation, { kind: "alterTable" }>["operations"]): Operation => ({
    kind: "alterTable",
    table: "t",
    operations,
  });

  it("stand in one statement", () => {
    const operation = alter(
      { kind: "dropColumn", table: "t", column: column("b") },
      { kind: "addColumn", table: "t", column: column("c", { nullable: false }), after: null },
      { kind: "createIndex", table: "t", index: { name: "i", parts: [{ column: "c", order: "desc" }], unique: true } },
    );
    expect(compile(operation, "10.11.6", schemaOf(table()))).toEqual([
      "ALTER TABLE `t`\n  DROP COLUMN `b`,\n  ADD COLUMN `c` int NOT NULL FIRST,\n  ADD UNIQUE INDEX `i` (`c` DESC)",
    ]);
  });

  it("wait for each other where one speaks of what the other has made", () => {
    const operation = alter(
      { kind: "renameColumn", table: "t", from: "a", to: "c" },
      { kind: "alterColumn", table: "t", from: column("c"), to: column("c", { comment: "it's" }) },
      { kind: "alterColumn", table: "t", from: column("c", { comment: "it's" }), to: column("c") },
    );
    expect(compile(operation, "10.11.6", schemaOf(table()))).toEqual([
      "ALTER TABLE `t` RENAME COLUMN `a` TO `c`",
      "ALTER TABLE `t` MODIFY COLUMN `c` int COMMENT 'it''s'",
      "ALTER TABLE `t` MODIFY COLUMN `c` int",
    ]);
  });
});

describe("what neither engine has", () => {
  it.each([
    ["a deferred constraint", { kind: "unique", name: "u", columns: ["a"], deferrable: "initially deferred" }],
    [
      "MATCH FULL",
      { kind: "foreignKey", name: "f", columns: ["a"], references: { table: "t", columns: ["b"] }, match: "full" },
    ],
  ] as const)("is refused: %s", (_, constraint) => {
    const add: Operation = { kind: "addConstraint", table: "t", constraint };
    expect(() => compile(add, "10.11.6", schemaOf(table()))).toThrow(
      expect.objectContaining({ reason: "unsupported" }),
    );
  });

  it("is refused: a partial index, and words that would be written into SQL as they are", () => {
    const index = { name: "i", parts: [{ column: "a" }], unique: false };
    const create = (more: object): Operation => ({ kind: "createIndex", table: "t", index: { ...index, ...more } });
    const before = schemaOf(table());
    expect(() => compile(create({ where: "a > 0" }), "10.11.6", before)).toThrow("cannot be had");
    expect(() => compile(create({ options: { mysql: { method: "BTREE; DROP" } } }), "10.11.6", before)).toThrow("LB05");
    expect(() => compile(create({ options: { mysql: { nothing: 1 } } }), "10.11.6", before)).toThrow("LB05");
  });
});
