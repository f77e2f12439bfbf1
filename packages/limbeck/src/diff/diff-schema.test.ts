import { describe, expect, it } from "vitest";
import { check, foreignKey, index, integer, table, text, trigger, unique, varchar, view } from "../schema.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION, nameConstraint } from "../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../schema/builder/table-definition.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import { outlineOperations } from "../testing/outline-operations.ts";
import { DEFAULT_DIFF_RULES, type DiffRules } from "./diff-rules.ts";
import { diffSchema } from "./diff-schema.ts";

const schemaOf = (...models: readonly ModelDefinition[]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);
const id = integer().primaryKey();

const diff = (current: Schema, target: Schema, rules: Partial<DiffRules> = {}) =>
  diffSchema(current, target, { ...DEFAULT_DIFF_RULES, ...rules });

describe("diffSchema, tables", () => {
  const lists = table("lists", { id });
  const todos = table("todos", { id, list_id: integer().references("lists", "id") });

  it("creates tables after those that they point to, and drops them before", () => {
    const all = schemaOf(todos, lists, table("a", { id, todo: integer().references("todos", "id") }));
    expect(outlineOperations(diff(EMPTY_SCHEMA, all))).toEqual([
      "createTable lists",
      "createTable todos",
      "createTable a",
    ]);
    expect(outlineOperations(diff(all, EMPTY_SCHEMA))).toEqual(["dropTable a", "dropTable todos", "dropTable lists"]);
  });

  const circle = schemaOf(
    table("a", { id, b: integer().references("b", "id") }),
    table("b", { id, a: integer().references("a", "id") }),
  );

  it("closes a circle of foreign keys afterwards where the engine checks, and opens it before the drops", () => {
    expect(outlineOperations(diff(EMPTY_SCHEMA, circle))).toEqual([
      "createTable a",
      "createTable b",
      "addConstraint fk_a_b_b",
    ]);
    expect(outlineOperations(diff(circle, EMPTY_SCHEMA))).toEqual([
      "dropConstraint fk_a_b_b",
      "dropTable b",
      "dropTable a",
    ]);
  });

  it("leaves a circle of foreign keys in the tables where the engine does not check", () => {
    const rules = { inlineForeignKeys: true };
    expect(outlineOperations(diff(EMPTY_SCHEMA, circle, rules))).toEqual(["createTable a", "createTable b"]);
    expect(outlineOperations(diff(circle, EMPTY_SCHEMA, rules))).toEqual(["dropTable a", "dropTable b"]);
  });

  it("lets go of a table before it is dropped", () => {
    const after = schemaOf(table("todos", { id, list_id: integer() }));
    expect(outlineOperations(diff(schemaOf(lists, todos), after))).toEqual([
      "dropConstraint fk_todos_list_id_lists",
      "dropTable lists",
    ]);
  });

  it("moves an index name from one table to another, and swaps two", () => {
    const withIndexes = (a: string, b: string): Schema =>
      schemaOf(
        table("a", { id, x: text() }, [index(["x"], { name: a })]),
        table("b", { id, x: text() }, [index(["x"], { name: b })]),
      );
    const moved = schemaOf(
      table("a", { id, x: text() }),
      table("b", { id, x: text() }, [index(["x"], { name: "one" })]),
    );
    expect(outlineOperations(diff(withIndexes("one", "two"), moved))).toEqual([
      "dropIndex one",
      "alterTable b (dropIndex two, createIndex one)",
    ]);
    const swapped = outlineOperations(diff(withIndexes("one", "two"), withIndexes("two", "one")));
    expect(swapped).toEqual(["dropIndex one", "alterTable b (dropIndex two, createIndex one)", "createIndex two"]);
  });
});

describe("diffSchema, the changes of a table", () => {
  it("leaves a single change plain and groups several", () => {
    const before = schemaOf(table("todos", { id, title: text() }));
    const one = schemaOf(table("todos", { id, title: text() }, [index(["title"])]));
    expect(outlineOperations(diff(before, one))).toEqual(["createIndex ix_todos_title"]);
    const two = schemaOf(table("todos", { id, title: text(), note: text() }, [index(["title"])]));
    expect(outlineOperations(diff(before, two))).toEqual([
      "alterTable todos (addColumn note, createIndex ix_todos_title)",
    ]);
  });

  it("lets go of a column before it goes, and has it before it is used", () => {
    const before = schemaOf(
      table("todos", { id, old: text().check("old <> ''"), kept: text().generatedAs("upper(old)") }, [index(["old"])]),
    );
    const after = schemaOf(
      table("todos", { id, fresh: text().check("fresh <> ''"), kept: text().generatedAs("upper(fresh)") }, [
        index(["fresh"]),
      ]),
    );
    expect(outlineOperations(diff(before, after))).toEqual([
      "alterTable todos (dropConstraint ck_todos_old, dropIndex ix_todos_old, addColumn fresh, alterColumn kept, " +
        "dropColumn old, addConstraint ck_todos_fresh, createIndex ix_todos_fresh)",
    ]);
  });

  it("makes a foreign key after the unique index of the same table that it leans on", () => {
    const before = schemaOf(table("todos", { id, code: text(), parent: text() }));
    const after = schemaOf(
      table("todos", { id, code: text(), parent: text() }, [
        foreignKey(["parent"], { table: "todos", columns: ["code"] }),
        index(["code"], { unique: true }),
      ]),
    );
    expect(outlineOperations(diff(before, after))).toEqual([
      "alterTable todos (createIndex ix_todos_code, addConstraint fk_todos_parent_todos)",
    ]);
  });

  it("says where dropped columns stood, each at the time of its drop", () => {
    const before = schemaOf(table("todos", { a: text(), b: text(), c: text(), d: text() }));
    const after = schemaOf(table("todos", { c: text() }));
    const [operation] = diff(before, after);
    expect(operation).toMatchObject({
      operations: [
        { kind: "dropColumn", column: { name: "a" }, after: null },
        { kind: "dropColumn", column: { name: "b" }, after: null },
        { kind: "dropColumn", column: { name: "d" } },
      ],
    });
    expect(operation?.kind === "alterTable" && operation.operations[2]).not.toHaveProperty("after");
  });

  it("places new columns only where the order counts", () => {
    const before = schemaOf(table("todos", { b: text(), d: text() }));
    const after = schemaOf(table("todos", { a: text(), b: text(), c: text(), d: text(), e: text() }));
    const places = (columnOrder: DiffRules["columnOrder"]): unknown => {
      const [operation] = diff(before, after, { columnOrder });
      if (operation?.kind !== "alterTable") return undefined;
      return operation.operations.map((one) => ("after" in one ? one.after : "last"));
    };
    expect(places("exact")).toEqual([null, "b", "last"]);
    expect(places("ignore")).toEqual(["last", "last", "last"]);
  });

  it("sees what other tools overlook", () => {
    const of = (...items: Parameters<typeof table>[2] & object): Schema =>
      schemaOf(table("todos", { id, a: integer(), b: integer() }, items));
    const byName = { name: "same" };
    const pairs: readonly (readonly [Schema, Schema])[] = [
      [of(check("a > 0", byName)), of(check("a > 1", byName))],
      [of(index(["a"], { ...byName, where: "a > 0" })), of(index(["a"], { ...byName, where: "a > 1" }))],
      [of(index(["a", "b"], byName)), of(index(["b", "a"], byName))],
      [of(index(["a"], byName)), of(index([{ column: "a", order: "desc" }], byName))],
      [of(unique(["a"], byName)), of(unique(["a"], { ...byName, deferrable: "initially deferred" }))],
      [schemaOf(table("t", { a: varchar(255) })), schemaOf(table("t", { a: varchar(300) }))],
      [schemaOf(table("t", { a: text() })), schemaOf(table("t", { a: text().collate("NOCASE") }))],
    ];
    for (const [before, after] of pairs) expect(diff(before, after)).not.toEqual([]);
  });

  it("takes what an engine leaves out for what it means", () => {
    const key = { kind: "foreignKey", name: "fk", columns: ["p"] } as const;
    const withKey = (more: object, columns: readonly string[]): Schema => {
      const [t] = schemaOf(table("t", { id, p: integer() })).tables;
      if (!t) throw new Error("The table is missing.");
      const constraints = [...t.constraints, { ...key, references: { table: "t", columns }, ...more }];
      return { tables: [{ ...t, constraints }], views: [], triggers: [] };
    };
    const short = withKey({}, []);
    expect(diff(short, withKey({ onDelete: "no action", match: "simple", options: {} }, ["id"]))).toEqual([]);
    expect(diff(short, withKey({}, ["p"]))).not.toEqual([]);
    expect(diff(short, withKey({ onDelete: "cascade" }, ["id"]))).not.toEqual([]);
  });
});

describe("diffSchema, names", () => {
  const conventionName: DiffRules["conventionName"] = (constraint, name, context) =>
    nameConstraint(constraint, name, DEFAULT_NAMING_CONVENTION, context).name;
  const wanted = schemaOf(
    table("todos", { id, title: text().unique().check("title <> ''") }, [check("id > 0"), check("id < 9")]),
  );
  const unnamed: Schema = {
    ...wanted,
    tables: wanted.tables.map((one) => ({
      ...one,
      constraints: one.constraints.map(({ name: _name, ...rest }) => rest),
    })),
  };

  it("takes a constraint without a name for the one that the convention names so", () => {
    expect(diff(unnamed, wanted, { conventionName })).toEqual([]);
    expect(outlineOperations(diff(unnamed, wanted))).toHaveLength(1);
  });

  it("does not take it for one that the models name otherwise, nor a named one for one without", () => {
    const own = schemaOf(table("todos", { id: integer() }, [check("id > 0", { name: "positive" })]));
    const [todos] = own.tables;
    const bare: Schema = {
      ...own,
      tables: todos ? [{ ...todos, constraints: [{ kind: "check", expression: "id > 0" }] }] : [],
    };
    expect(outlineOperations(diff(bare, own, { conventionName }))).toEqual([
      "alterTable todos (dropConstraint check, addConstraint positive)",
    ]);
    expect(outlineOperations(diff(own, bare, { conventionName }))).toEqual([
      "alterTable todos (dropConstraint positive, addConstraint check)",
    ]);
  });

  it("keeps the spelling of the database where upper and lower case are one, and only there", () => {
    const before = schemaOf(table("Todos", { Id: integer(), Title: text() }, [index(["Title"], { name: "IX" })]));
    const after = schemaOf(
      table("todos", { id: integer(), title: varchar(9) }, [
        index(["title"], { name: "ix" }),
        unique(["ID"], { name: "uq" }),
      ]),
    );
    const [operation] = diff(before, after, { foldTableNames: true, foldColumnNames: true });
    expect(operation).toMatchObject({
      kind: "alterTable",
      table: "Todos",
      operations: [
        { kind: "alterColumn", to: { name: "Title", type: { kind: "varchar" } } },
        { kind: "addConstraint", constraint: { columns: ["Id"] } },
      ],
    });
    expect(outlineOperations(diff(before, after))).toEqual(["dropTable Todos", "createTable todos"]);
  });

  it("takes letters beyond ASCII for two names even where upper and lower case are one", () => {
    const folding = { foldTableNames: true, foldColumnNames: true };
    const before = schemaOf(table("Öl", { id }), table("t", { id, Änderung: text() }));
    const after = schemaOf(table("öl", { id }), table("T", { id, änderung: text() }));
    expect(outlineOperations(diff(before, after, folding))).toEqual([
      "dropTable Öl",
      "createTable öl",
      "alterTable t (dropColumn Änderung, addColumn änderung)",
    ]);
  });
});

describe("diffSchema, views and triggers", () => {
  const todos = table("todos", { id, title: text() });
  const open = view("open", "SELECT id FROM todos");
  const few = view("few", "SELECT id FROM open LIMIT 3");
  const onTable = trigger("on_table", {
    table: "todos",
    definition: "CREATE TRIGGER on_table AFTER INSERT ON todos BEGIN SELECT 1; END",
  });
  const onView = trigger("on_view", {
    table: "open",
    definition: "CREATE TRIGGER on_view INSTEAD OF DELETE ON open BEGIN SELECT 1; END",
  });

  it("creates views after tables and after views that they select from, triggers last, and drops in the opposite order", () => {
    const all = schemaOf(onTable, onView, few, open, todos);
    const created = outlineOperations(diff(EMPTY_SCHEMA, all));
    expect(created).toEqual([
      "createTable todos",
      "createView open",
      "createView few",
      "createTrigger on_table",
      "createTrigger on_view",
    ]);
    expect(outlineOperations(diff(all, EMPTY_SCHEMA))).toEqual([
      "dropTrigger on_table",
      "dropTrigger on_view",
      "dropView few",
      "dropView open",
      "dropTable todos",
    ]);
  });

  it("leaves them alone when only their table changes", () => {
    const before = schemaOf(todos, open, onTable);
    const after = schemaOf(table("todos", { id, title: varchar(9), note: text() }), open, onTable);
    expect(outlineOperations(diff(before, after))).toEqual(["alterTable todos (addColumn note, alterColumn title)"]);
  });

  it("makes a changed view anew, and with it its triggers", () => {
    const before = schemaOf(todos, open, onView, onTable);
    const after = schemaOf(todos, view("open", "SELECT id, title FROM todos"), onView, onTable);
    expect(outlineOperations(diff(before, after))).toEqual([
      "dropTrigger on_view",
      "dropView open",
      "createView open",
      "createTrigger on_view",
    ]);
  });

  it("makes views anew that select from one that is made anew, through any number of views", () => {
    const last = view("last", "SELECT id FROM few");
    const before = schemaOf(todos, open, few, last, view("apart", "SELECT title FROM todos"));
    const after = schemaOf(
      todos,
      view("open", "SELECT id FROM todos WHERE id > 0"),
      few,
      last,
      view("apart", "SELECT title FROM todos"),
    );
    expect(outlineOperations(diff(before, after))).toEqual([
      "dropView last",
      "dropView few",
      "dropView open",
      "createView open",
      "createView few",
      "createView last",
    ]);
  });

  it("puts a view in the place of a table, and a table in the place of a view", () => {
    const asTable = schemaOf(todos, table("open", { id }));
    const asView = schemaOf(todos, open);
    expect(outlineOperations(diff(asTable, asView))).toEqual(["dropTable open", "createView open"]);
    expect(outlineOperations(diff(asView, asTable))).toEqual(["dropView open", "createTable open"]);
  });
});
