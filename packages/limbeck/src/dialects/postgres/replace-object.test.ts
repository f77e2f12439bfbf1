import { describe, expect, it } from "vitest";
import { findHead } from "./function-head.ts";
import { canReplace, replaceInPlace } from "./replace-object.ts";

const replace = (kind: string, from: string, to: string, name = "app.one") =>
  replaceInPlace({ kind, name, definition: from }, { kind, name, definition: to });

const routine = (head: string, body: string): string =>
  `CREATE OR REPLACE FUNCTION app.one(${head})\n LANGUAGE sql\nAS $function$${body}$function$`;

describe("another definition", () => {
  it("of a function takes its place when arguments and result stay", () => {
    const [from, to] = [
      routine("a integer)\n RETURNS integer", "SELECT 1"),
      routine("a integer)\n RETURNS integer", "SELECT 2"),
    ];
    expect(replace("function", from, to)).toEqual([to]);
    const users = to.replace("CREATE OR REPLACE", "CREATE");
    expect(replace("function", from, users)).toEqual([to]);
    const byHand = "CREATE FUNCTION app.one(a int) RETURNS int LANGUAGE sql AS 'SELECT 3'";
    expect(replace("function", from, byHand)).toEqual([byHand.replace("CREATE", "CREATE OR REPLACE")]);
    expect(replace("function", from, routine("b integer)\n RETURNS integer", "SELECT 2"))).toBeUndefined();
    expect(replace("function", from, routine("a integer)\n RETURNS bigint", "SELECT 2"))).toBeUndefined();
  });

  it("of a domain is told clause by clause, unless it is of another type", () => {
    const from = "CREATE DOMAIN app.one AS text\n  DEFAULT 'a'::text\n  CONSTRAINT x CHECK ((VALUE <> ''::text))";
    const to = "CREATE DOMAIN app.one AS text\n  NOT NULL\n  CONSTRAINT \"y z\" CHECK ((VALUE <> 'b'::text))";
    expect(replace("domain", from, to)).toEqual([
      'ALTER DOMAIN "app"."one" DROP CONSTRAINT x',
      'ALTER DOMAIN "app"."one" DROP DEFAULT',
      'ALTER DOMAIN "app"."one" SET NOT NULL',
      'ALTER DOMAIN "app"."one" ADD CONSTRAINT "y z" CHECK ((VALUE <> \'b\'::text))',
    ]);
    expect(replace("domain", from, from.replace("AS text", "AS citext"))).toBeUndefined();
  });

  it("of a composite type adds and changes attributes, as long as all stay in their order", () => {
    const type = (...attributes: readonly string[]): string =>
      `CREATE TYPE app.one AS (\n  ${attributes.join(",\n  ")}\n)`;
    const from = type("a integer", "b numeric(10,2)", '"c d" text');
    expect(replace("composite type", from, type("a bigint", "b numeric(10,2)", '"c d" text', "e text"))).toEqual([
      'ALTER TYPE "app"."one" ALTER ATTRIBUTE a TYPE bigint',
      'ALTER TYPE "app"."one" ADD ATTRIBUTE e text',
    ]);
    expect(replace("composite type", from, type("a integer", '"c d" text'))).toBeUndefined();
    expect(replace("composite type", from, type("b numeric(10,2)", "a integer"))).toBeUndefined();
    expect(replace("composite type", from, type("new text", "a integer"))).toBeUndefined();
  });

  it("of a policy may have other roles and conditions, but no condition less", () => {
    const policy = (command: string, ...rest: readonly string[]): string =>
      ["CREATE POLICY p ON t", "AS PERMISSIVE", `FOR ${command}`, ...rest].join("\n  ");
    const from = policy("ALL", "TO PUBLIC", "USING (a)");
    expect(replace("policy", from, policy("ALL", "TO reader", "USING (b)", "WITH CHECK (c)"))).toEqual([
      "ALTER POLICY p ON t\n  TO reader\n  USING (b)\n  WITH CHECK (c)",
    ]);
    expect(replace("policy", from, policy("SELECT", "TO PUBLIC", "USING (a)"))).toBeUndefined();
    expect(replace("policy", from, policy("ALL", "TO PUBLIC", "WITH CHECK (a)"))).toBeUndefined();
  });

  it("of most other kinds takes nobody's place", () => {
    const one = { kind: "materialized view", name: "v", definition: "CREATE MATERIALIZED VIEW v AS SELECT 1" };
    expect(canReplace(one, { ...one, definition: `${one.definition} AS a` })).toBe(false);
    expect(replace("constructor", "a", "b")).toBeUndefined();
  });
});

describe("the head of a routine", () => {
  it("ends where a text begins in which the server looks for nothing", () => {
    expect(findHead(routine("a app.status", "SELECT 1 FROM todos"))).not.toContain("todos");
    expect(findHead("CREATE FUNCTION f() RETURNS integer AS 'SELECT 1' LANGUAGE sql")).toBe(
      "CREATE FUNCTION f() RETURNS integer",
    );
  });

  it("is all of it when the body is SQL of the statement itself", () => {
    const atomic =
      "CREATE FUNCTION f()\n RETURNS integer\n LANGUAGE sql\nBEGIN ATOMIC\n SELECT count(*) FROM todos;\nEND";
    expect(findHead(atomic)).toBe(atomic);
  });
});
