import { describe, expect, it } from "vitest";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import { EMPTY_SCHEMA, findTable, type Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import type { Operation } from "../operation.ts";
import { applyOperation, isOpaque } from "./apply-operation.ts";

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: { kind: "text" },
  nullable: true,
  ...more,
});

const TODOS: Table = {
  name: "todos",
  columns: [
    column("id", { type: { kind: "integer" }, nullable: false }),
    column("title"),
    column("slug", { generated: { expression: "lower(title)", storage: "virtual" } }),
    column("parent_id", { type: { kind: "integer" } }),
    column("note"),
  ],
  constraints: [
    { kind: "primaryKey", columns: ["id"] },
    { kind: "check", name: "ck_title", expression: "title <> ''" },
    { kind: "foreignKey", name: "fk_parent", columns: ["parent_id"], references: { table: "todos", columns: ["id"] } },
  ],
  indexes: [
    { name: "ix_title", parts: [{ column: "title", order: "desc" }], unique: false, where: "title IS NOT NULL" },
    { name: "ix_lower", parts: [{ expression: "lower(title)" }], unique: false },
  ],
};

const TAGS: Table = {
  name: "tags",
  columns: [column("todo_id", { type: { kind: "integer" } })],
  constraints: [
    { kind: "foreignKey", name: "fk_todo", columns: ["todo_id"], references: { table: "todos", columns: ["id"] } },
  ],
  indexes: [],
};

const SCHEMA: Schema = {
  ...EMPTY_SCHEMA,
  tables: [TODOS, TAGS],
  views: [{ name: "open_todos", definition: "SELECT id FROM todos" }],
  triggers: [
    { name: "log", table: "todos", definition: "CREATE TRIGGER log AFTER DELETE ON todos BEGIN SELECT 1; END" },
  ],
};

const apply = (operation: Operation): Schema => applyOperation(operation, SCHEMA);

function tableAfter(operation: Operation, name = "todos"): Table {
  const table = findTable(apply(operation), name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
}

const namesOf = (table: Table): readonly string[] => table.columns.map(({ name }) => name);

function reasonOf(operation: Operation): string {
  try {
    apply(operation);
  } catch (error) {
    if (error instanceof OperationError) return error.reason;
    throw error;
  }
  return "no error";
}

describe("addColumn", () => {
  const added = column("x");

  it.each([
    [undefined, ["id", "title", "slug", "parent_id", "note", "x"]],
    [null, ["x", "id", "title", "slug", "parent_id", "note"]],
    ["title", ["id", "title", "x", "slug", "parent_id", "note"]],
  ])("puts the column after %s", (after, expected) => {
    const place = after === undefined ? {} : { after };
    expect(namesOf(tableAfter({ kind: "addColumn", table: "todos", column: added, ...place }))).toEqual(expected);
  });

  it("refuses a name that is taken, a missing table and a missing place", () => {
    expect(reasonOf({ kind: "addColumn", table: "todos", column: column("note") })).toBe("alreadyExists");
    expect(reasonOf({ kind: "addColumn", table: "none", column: added })).toBe("tableNotFound");
    expect(reasonOf({ kind: "addColumn", table: "todos", column: added, after: "none" })).toBe("columnNotFound");
  });
});

describe("dropColumn", () => {
  it("drops a column that nothing names", () => {
    const operation: Operation = { kind: "dropColumn", table: "todos", column: column("note") };
    expect(namesOf(tableAfter(operation))).toEqual(["id", "title", "slug", "parent_id"]);
  });

  it("names everything that uses the column, and the calls that take it away", () => {
    expect(() => apply({ kind: "dropColumn", table: "todos", column: column("title") })).toThrow(
      expect.objectContaining({
        code: "LB0509",
        title:
          'Column "title" of "todos" is used by index ix_title, index ix_lower, check ck_title, generated column slug.',
        fix: [
          'await op.dropIndex("ix_title", "todos");',
          'await op.dropIndex("ix_lower", "todos");',
          'await op.dropConstraint("ck_title", "todos");',
          'await op.dropColumn("todos", "slug");',
        ],
      }),
    );
  });

  it("finds the foreign keys of other tables, and of the same one, that point to the column", () => {
    const usedBy = ["primary key (id)", "foreign key fk_parent of table todos", "foreign key fk_todo of table tags"];
    expect(() => apply({ kind: "dropColumn", table: "todos", column: TODOS.columns[0]! })).toThrow(
      expect.objectContaining({ context: expect.objectContaining({ usedBy }) }),
    );
  });

  it("refuses a column that is not what the operation says", () => {
    expect(reasonOf({ kind: "dropColumn", table: "todos", column: column("note", { nullable: false }) })).toBe(
      "definitionDiffers",
    );
  });
});

describe("renameColumn", () => {
  it("carries the name into constraints, indexes, expressions and foreign keys of other tables", () => {
    const title = tableAfter({ kind: "renameColumn", table: "todos", from: "title", to: "name" });
    expect(title).toEqual({
      ...TODOS,
      columns: [
        TODOS.columns[0],
        column("name"),
        column("slug", { generated: { expression: "lower(name)", storage: "virtual" } }),
        TODOS.columns[3],
        TODOS.columns[4],
      ],
      constraints: [
        TODOS.constraints[0],
        { kind: "check", name: "ck_title", expression: "name <> ''" },
        TODOS.constraints[2],
      ],
      indexes: [
        { name: "ix_title", parts: [{ column: "name", order: "desc" }], unique: false, where: "name IS NOT NULL" },
        { name: "ix_lower", parts: [{ expression: "lower(name)" }], unique: false },
      ],
    });

    const id: Operation = { kind: "renameColumn", table: "todos", from: "id", to: "key" };
    expect(tableAfter(id).constraints[2]).toMatchObject({ references: { table: "todos", columns: ["key"] } });
    expect(tableAfter(id, "tags").constraints[0]).toMatchObject({
      columns: ["todo_id"],
      references: { table: "todos", columns: ["key"] },
    });
  });

  it("leaves columns of other tables alone that happen to have the same name", () => {
    expect(apply({ kind: "renameColumn", table: "tags", from: "todo_id", to: "id" }).tables[0]).toEqual(TODOS);
  });

  it("refuses a name that is taken and a column that is missing", () => {
    expect(reasonOf({ kind: "renameColumn", table: "todos", from: "title", to: "note" })).toBe("alreadyExists");
    expect(reasonOf({ kind: "renameColumn", table: "todos", from: "none", to: "x" })).toBe("columnNotFound");
  });
});

describe("renameTable", () => {
  it("carries the name into all foreign keys and triggers", () => {
    const schema = apply({ kind: "renameTable", from: "todos", to: "tasks" });
    expect(schema.tables.map(({ name }) => name)).toEqual(["tasks", "tags"]);
    expect(schema.tables[0]?.constraints[2]).toMatchObject({ references: { table: "tasks" } });
    expect(schema.tables[1]?.constraints[0]).toMatchObject({ references: { table: "tasks" } });
    expect(schema.triggers[0]?.table).toBe("tasks");
  });

  it("refuses the name of another table or view", () => {
    expect(reasonOf({ kind: "renameTable", from: "todos", to: "tags" })).toBe("alreadyExists");
    expect(reasonOf({ kind: "renameTable", from: "todos", to: "open_todos" })).toBe("alreadyExists");
    expect(reasonOf({ kind: "renameTable", from: "none", to: "x" })).toBe("tableNotFound");
  });
});

describe("dropTable", () => {
  it("takes the table's triggers with it", () => {
    expect(apply({ kind: "dropTable", table: TODOS })).toEqual({ ...SCHEMA, tables: [TAGS], triggers: [] });
  });

  it("accepts constraints and indexes in another order, and refuses another definition", () => {
    const shuffled = { ...TODOS, constraints: TODOS.constraints.toReversed(), indexes: TODOS.indexes.toReversed() };
    expect(apply({ kind: "dropTable", table: shuffled }).tables).toEqual([TAGS]);
    const reordered = { ...TODOS, columns: TODOS.columns.toReversed() };
    expect(reasonOf({ kind: "dropTable", table: reordered })).toBe("definitionDiffers");
  });
});

describe("constraints", () => {
  const unique: Constraint = { kind: "unique", name: "uq", columns: ["title"] };

  it("are added after the others and found again by their definition", () => {
    const schema = apply({ kind: "addConstraint", table: "todos", constraint: unique });
    expect(schema.tables[0]?.constraints).toEqual([...TODOS.constraints, unique]);
    expect(applyOperation({ kind: "dropConstraint", table: "todos", constraint: unique }, schema)).toEqual(SCHEMA);
  });

  it("refuse a taken name, a second primary key and a missing column", () => {
    const add = (constraint: Constraint): string => reasonOf({ kind: "addConstraint", table: "todos", constraint });
    expect(add({ ...unique, name: "ck_title" })).toBe("alreadyExists");
    expect(add({ kind: "primaryKey", columns: ["title"] })).toBe("alreadyExists");
    expect(add({ ...unique, columns: ["none"] })).toBe("columnNotFound");
  });

  it("tell a missing constraint from a different one", () => {
    const drop = (constraint: Constraint): string => reasonOf({ kind: "dropConstraint", table: "todos", constraint });
    expect(drop(unique)).toBe("constraintNotFound");
    expect(drop({ kind: "check", name: "ck_title", expression: "title <> 'x'" })).toBe("definitionDiffers");
  });
});

describe("indexes, options, comments, views, triggers", () => {
  it("refuse what is there already", () => {
    const [index] = TODOS.indexes;
    const [view] = SCHEMA.views;
    const [trigger] = SCHEMA.triggers;
    expect(reasonOf({ kind: "createIndex", table: "todos", index: index! })).toBe("alreadyExists");
    expect(reasonOf({ kind: "renameIndex", table: "todos", from: "ix_lower", to: "ix_title" })).toBe("alreadyExists");
    expect(reasonOf({ kind: "createView", view: view! })).toBe("alreadyExists");
    expect(reasonOf({ kind: "createView", view: { ...view!, name: "tags" } })).toBe("alreadyExists");
    expect(reasonOf({ kind: "createTrigger", trigger: trigger! })).toBe("alreadyExists");
    expect(reasonOf({ kind: "createTable", table: TAGS })).toBe("alreadyExists");
  });

  it("refuse to change what is missing or different", () => {
    expect(reasonOf({ kind: "renameIndex", table: "todos", from: "none", to: "x" })).toBe("indexNotFound");
    expect(reasonOf({ kind: "dropView", view: { name: "none", definition: "" } })).toBe("viewNotFound");
    expect(reasonOf({ kind: "dropView", view: { name: "open_todos", definition: "" } })).toBe("definitionDiffers");
    expect(reasonOf({ kind: "setTableComment", table: "todos", from: "a", to: "b" })).toBe("definitionDiffers");
    expect(reasonOf({ kind: "dropTrigger", trigger: { name: "none", table: "todos", definition: "" } })).toBe(
      "triggerNotFound",
    );
  });

  it("set and remove", () => {
    const strict = { sqlite: { strict: true } };
    const schema = apply({ kind: "setTableOptions", table: "todos", from: null, to: strict });
    expect(schema.tables[0]).toEqual({ ...TODOS, options: strict });
    expect(applyOperation({ kind: "setTableOptions", table: "todos", from: strict, to: null }, schema)).toEqual(SCHEMA);
  });
});

describe("alterTable and execute", () => {
  it("fold what they hold", () => {
    const schema = apply({
      kind: "alterTable",
      table: "todos",
      operations: [
        { kind: "addColumn", table: "todos", column: column("x") },
        { kind: "renameColumn", table: "todos", from: "x", to: "y" },
      ],
    });
    expect(namesOf(schema.tables[0]!)).toEqual(["id", "title", "slug", "parent_id", "note", "y"]);
    const affects: Operation[] = [{ kind: "renameTable", from: "tags", to: "labels" }];
    expect(apply({ kind: "execute", sql: "...", affects }).tables[1]?.name).toBe("labels");
  });

  it("refuse a change of another table in a batch", () => {
    const operations = [{ kind: "addColumn", table: "tags", column: column("x") } as const];
    expect(reasonOf({ kind: "alterTable", table: "todos", operations })).toBe("otherTable");
  });
});

describe("isOpaque", () => {
  it("is true for raw SQL unless it says what it affects", () => {
    expect(isOpaque({ kind: "execute", sql: "..." }, SCHEMA)).toBe(true);
    expect(isOpaque({ kind: "execute", sql: "...", affects: [] }, SCHEMA)).toBe(false);
    expect(isOpaque({ kind: "execute", sql: "...", affects: [{ kind: "execute", sql: "..." }] }, SCHEMA)).toBe(true);
  });

  it("is true for a rename only where a text names the old name", () => {
    const rename = (from: string): Operation => ({ kind: "renameColumn", table: "todos", from, to: "new" });
    expect(isOpaque(rename("title"), SCHEMA)).toBe(true);
    expect(isOpaque(rename("id"), SCHEMA)).toBe(true);
    expect(isOpaque(rename("note"), SCHEMA)).toBe(false);
    expect(isOpaque(rename("note"))).toBe(true);
    expect(isOpaque({ kind: "renameTable", from: "tags", to: "labels" }, SCHEMA)).toBe(false);
    expect(isOpaque({ kind: "renameTable", from: "todos", to: "tasks" }, SCHEMA)).toBe(true);
    expect(isOpaque({ kind: "alterTable", table: "todos", operations: [rename("title") as never] }, SCHEMA)).toBe(true);
  });
});
