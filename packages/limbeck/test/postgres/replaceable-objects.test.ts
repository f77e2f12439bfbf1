import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe } from "vitest";
import { testReplaceableObjects } from "../replaceable/replaceable-objects.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
});

afterEach(() => database.drop());

const dump = (): string =>
  execFileSync("pg_dump", ["--schema-only", "--no-owner", database.url], { encoding: "utf8" }).replaceAll(
    /^\\(?:un)?restrict .*$/gm,
    "",
  );

/** A function that the trigger calls, one that calls that of another name, and a policy that speaks of a column. */
const more = (version: 1 | 2): string => `
export const change = definedObject("function", "change()", ${JSON.stringify(
  `CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := '${version}'; RETURN NEW; END $$`,
)});
export const z_inner = definedObject("function", "z_inner(integer)", "CREATE FUNCTION z_inner(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n + ${version}'");
export const a_outer = definedObject("function", "a_outer(integer)", "CREATE FUNCTION a_outer(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT z_inner(n) * ${version}'");
export const own = definedObject("policy", "own on todos", "CREATE POLICY own ON todos USING (size > ${version})");
`;

describe("views, functions, triggers and policies of PostgreSQL that change", { timeout: 180_000 }, () => {
  testReplaceableObjects(() => ({ url: database.url, dump }), {
    trigger: (title) =>
      `CREATE TRIGGER guard BEFORE INSERT ON todos FOR EACH ROW WHEN (NEW.title <> '${title}') EXECUTE FUNCTION change()`,
    more,
  });
});
