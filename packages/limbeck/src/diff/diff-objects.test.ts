import { describe, expect, it } from "vitest";
import { postgresDiffRules as rules } from "../dialects/postgres/diff-rules.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import type { ModelDefinition } from "../schema/builder/table-definition.ts";
import { definedObject, enumType, integer, raw, sequence, table, text, trigger, view } from "../schema.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import { outlineOperations } from "../testing/outline-operations.ts";
import { diffNamed } from "./diff-named.ts";
import { diffSchema } from "./diff-schema.ts";
import { findHidden } from "./mask/compared-object.ts";
import { maskSchema } from "./mask/mask-schema.ts";
import { findUnnamed } from "./find-unnamed.ts";

const schemaOf = (...models: readonly ModelDefinition[]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);
const outline = (from: Schema, to: Schema): readonly string[] => outlineOperations(diffSchema(from, to, rules));

const fn = (name: string, definition: string) =>
  definedObject("function", name, `CREATE OR REPLACE FUNCTION ${definition}`);

describe("the order of objects", () => {
  const all = schemaOf(
    definedObject("schema", "app", "CREATE SCHEMA app"),
    enumType("app.status", ["open", "done"]),
    sequence("app.numbers", { ownedBy: { table: "app.todos", column: "number" } }),
    fn(
      "app.next()",
      "app.next() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(id) FROM app.todos); END $$",
    ),
    table("app.todos", {
      id: integer().defaultSql("app.next()"),
      number: integer().defaultSql("nextval('app.numbers'::regclass)"),
      status: raw("app.status"),
    }),
    definedObject("policy", "own on app.todos", "CREATE POLICY own ON app.todos USING (true)", { table: "app.todos" }),
    definedObject("materialized view", "app.open", "CREATE MATERIALIZED VIEW app.open AS SELECT * FROM app.todos"),
    view("app.shown", "SELECT * FROM app.open"),
  );

  it("is that in which each finds what it needs", () => {
    expect(outline(EMPTY_SCHEMA, all)).toEqual([
      "createObject schema app",
      "createObject function app.next()",
      "createEnum app.status",
      "createSequence app.numbers",
      "createTable app.todos",
      "alterSequence app.numbers",
      "createObject materialized view app.open",
      "createView app.shown",
      "createObject policy own on app.todos",
    ]);
  });

  it("is the other way round when all goes", () => {
    const gone = outline(all, EMPTY_SCHEMA);
    const place = (one: string): number => gone.indexOf(one);
    expect(gone).toHaveLength(9);
    expect(place("dropView app.shown")).toBeLessThan(place("dropObject materialized view app.open"));
    expect(place("dropObject policy own on app.todos")).toBeLessThan(place("dropTable app.todos"));
    expect(place("alterSequence app.numbers")).toBeLessThan(place("dropTable app.todos"));
    expect(place("dropTable app.todos")).toBeLessThan(place("dropObject function app.next()"));
    expect(gone.at(-1)).toBe("dropObject schema app");
  });
});

describe("a changed object", () => {
  const body = (query: string): ReturnType<typeof fn> =>
    fn("f(integer)", `f(a integer)\n RETURNS integer\n LANGUAGE sql\nAS $$ ${query} $$`);
  const todos = table("todos", { id: integer() });
  const touch = trigger("touch", {
    table: "todos",
    definition: "CREATE TRIGGER touch AFTER INSERT ON todos EXECUTE FUNCTION f()",
  });

  it("is replaced, and what speaks of it stays, where that is possible", () => {
    expect(outline(schemaOf(body("SELECT 1"), todos, touch), schemaOf(body("SELECT 2"), todos, touch))).toEqual([
      "replaceObject function f(integer)",
    ]);
  });

  it("is made anew otherwise, and what speaks of it as well", () => {
    const other = fn("f(integer)", "f(b integer)\n RETURNS integer\n LANGUAGE sql\nAS $$ SELECT 1 $$");
    expect(outline(schemaOf(body("SELECT 1"), todos, touch), schemaOf(other, todos, touch))).toEqual([
      "dropTrigger touch",
      "dropObject function f(integer)",
      "createObject function f(integer)",
      "createTrigger touch",
    ]);
  });

  it("goes and comes back around a column that it holds on to", () => {
    const own = definedObject("policy", "own on todos", "CREATE POLICY own ON todos USING (id > 0)", {
      table: "todos",
    });
    const wide = table("todos", { id: raw("numeric") });
    expect(outline(schemaOf(own, todos), schemaOf(own, wide))).toEqual([
      "dropObject policy own on todos",
      "alterColumn id",
      "createObject policy own on todos",
    ]);
  });

  it("goes and comes back with a view that it speaks of, and would be gone with", () => {
    const write = (query: string, words: string): Schema =>
      schemaOf(
        view("open", query),
        definedObject("comment", "on column open.id", `COMMENT ON COLUMN open.id IS '${words}'`, { table: "open" }),
      );
    expect(outline(write("SELECT 1 AS id", "one"), write("SELECT 2 AS id", "two"))).toEqual([
      "dropObject comment on column open.id",
      "dropView open",
      "createView open",
      "createObject comment on column open.id",
    ]);
  });

  it("counts as the same when only the record of what it needs differs", () => {
    const one = { kind: "domain", name: "d", definition: "CREATE DOMAIN d AS text" };
    const [from, to] = [[one], [{ ...one, dependsOn: ["x"] }]].map((objects) => ({ ...EMPTY_SCHEMA, objects }));
    expect(outline(from ?? EMPTY_SCHEMA, to ?? EMPTY_SCHEMA)).toEqual([]);
  });
});

describe("enums", () => {
  const withDefault = (values: readonly string[], fallback: string): Schema =>
    schemaOf(enumType("status", values), table("todos", { status: raw<string>("status").default(fallback) }));

  it("are made anew when a value that comes or goes is used, and only then", () => {
    const [before, unused, used] = [
      withDefault(["a"], "a"),
      withDefault(["a", "b"], "a"),
      withDefault(["a", "b"], "b"),
    ];
    const alter = { kind: "alterEnum", name: "status", from: ["a"], to: ["a", "b"] };
    expect(diffSchema(before, unused, rules)).toEqual([alter]);
    expect(diffSchema(before, used, rules)[0]).toEqual({ ...alter, rebuild: true });
    // Its downgrade would add it and use it at once.
    expect(diffSchema(used, before, rules).at(-1)).toMatchObject({ kind: "alterEnum", rebuild: true });
  });

  it("lose a value after nothing speaks of it any more", () => {
    expect(outline(withDefault(["a", "b"], "b"), withDefault(["a"], "a"))).toEqual([
      "alterColumn status",
      "alterEnum status (a)",
    ]);
  });
});

describe("what models do not name", () => {
  const current = schemaOf(
    enumType("mood", ["fine"]),
    sequence("counter"),
    fn("one()", "one() RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
    definedObject("policy", "own on todos", "CREATE POLICY own ON todos USING (id > 0)", { table: "todos" }),
    table("todos", { id: integer() }),
    table("others.kept", { id: integer() }),
    table("app.gone", { id: integer() }),
    table("app.stays", { id: integer() }),
  );

  it("stays, and tables only in schemas that the models do not speak of", () => {
    const target = schemaOf(table("todos", { id: integer() }), table("app.stays", { id: integer() }));
    const unnamed = findUnnamed(current, target, target, rules);
    expect(unnamed).toMatchObject({ tables: ["others.kept"], enums: ["mood"], sequences: ["counter"] });
    const { operations } = diffNamed(current, target, rules, { renames: [], unnamed });
    expect(outlineOperations(operations)).toEqual(["dropTable app.gone"]);
  });

  it("goes with its table, and comes back around a column that changes", () => {
    const unnamedIn = (target: Schema) => {
      const unnamed = findUnnamed(current, target, target, rules);
      return outlineOperations(diffNamed(current, target, rules, { renames: [], unnamed }).operations);
    };
    expect(unnamedIn(schemaOf(table("app.stays", { id: integer() }), table("app.gone", { id: integer() })))).toEqual([
      "dropObject policy own on todos",
      "dropTable todos",
    ]);
    const wide = schemaOf(
      table("todos", { id: text() }),
      table("app.stays", { id: integer() }),
      table("app.gone", { id: integer() }),
    );
    expect(unnamedIn(wide)).toEqual([
      "dropObject policy own on todos",
      "alterColumn id",
      "createObject policy own on todos",
    ]);
  });
});

it("leaves alone what a config hides, and does not make what it hides", () => {
  const found = schemaOf(enumType("mood", ["fine"]), sequence("counter"), fn("one()", "one() RETURNS integer"));
  const wanted = schemaOf(
    enumType("mood", ["bad"]),
    fn("one()", "one() RETURNS text"),
    fn("two()", "two() RETURNS text"),
  );
  const hide = (schema: Schema) => findHidden(schema, ({ kind, name }) => kind === "enum" || name === "two()");
  const hidden = { found: hide(found), wanted: hide(wanted) };
  const { target, kept } = maskSchema(found, wanted, hidden, { rules, renames: [], isComplete: true });
  expect(kept.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["sequence counter", "object one()"]);
  expect(outline(found, target)).toEqual(["createObject function two()", "alterEnum mood (bad)"]);
});

it("hides the trigger of one table, and not that of the same name on another one", () => {
  const touch = (name: string) => trigger("touch", { table: name, definition: `CREATE TRIGGER touch ON ${name}` });
  const both = schemaOf(touch("lists"), touch("todos"));
  const hidden = { found: findHidden(both, (one) => one.kind !== "trigger" || one.table !== "todos"), wanted: [] };
  const { target } = maskSchema(both, both, hidden, { rules, renames: [], isComplete: true });
  expect(target.triggers.map(({ table: of }) => of).toSorted()).toEqual(["lists", "todos"]);
});
