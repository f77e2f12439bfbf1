import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

/** A change of a type, a value that it has no place for, and one that stays as it is; `@` stands for the type in both schemas. */
interface Change {
  readonly title: string;
  readonly schema: string;
  readonly from: string;
  readonly to: string;
  readonly tooLong: string;
  readonly fits: string;
}

const TWO = "CREATE DOMAIN wide AS varchar(100); CREATE DOMAIN small AS varchar(3);";

const CHANGES: readonly Change[] = [
  {
    title: "a column goes from one domain to another",
    schema: `${TWO} CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "wide",
    to: "small",
    tooLong: "abcdef",
    fits: "abc",
  },
  {
    title: "a column goes to a domain",
    schema: `${TWO} CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "text",
    to: "small",
    tooLong: "abcdef",
    fits: "abc",
  },
  {
    title: "text ends with blanks",
    schema: `${TWO} CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "wide",
    to: "small",
    tooLong: "ab      ",
    fits: "ab ",
  },
  {
    title: "a column of lists goes to lists of a domain",
    schema: `${TWO} CREATE TABLE t (id int PRIMARY KEY, c @[]);`,
    from: "wide",
    to: "small",
    tooLong: "{abcdef}",
    fits: "{abc,ab}",
  },
  {
    title: "the domain has the name of one in another schema",
    schema: `CREATE SCHEMA a; CREATE SCHEMA b; CREATE DOMAIN a.code AS int; CREATE DOMAIN b.code AS varchar(3);
             CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "text",
    to: "b.code",
    tooLong: "abcdef",
    fits: "abc",
  },
  {
    title: "what a domain is made of gets shorter",
    schema: `CREATE DOMAIN d AS varchar(@) CHECK (VALUE <> ''); CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "9",
    to: "3",
    tooLong: "abcdef",
    fits: "abc",
  },
  {
    title: "text in a domain that gets shorter ends with blanks",
    schema: `CREATE DOMAIN d AS varchar(@); CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "9",
    to: "3",
    tooLong: "ab      ",
    fits: "ab ",
  },
  {
    title: "what a domain in lists and under a domain is made of gets shorter",
    schema: `CREATE DOMAIN d AS varchar(@); CREATE DOMAIN over AS d; CREATE TABLE t (id int PRIMARY KEY, c over[]);`,
    from: "9",
    to: "3",
    tooLong: "{abcdef}",
    fits: "{abc}",
  },
  {
    title: "a domain of bits gets shorter",
    schema: `CREATE DOMAIN d AS varbit(@); CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "8",
    to: "4",
    tooLong: "11110000",
    fits: "1010",
  },
  {
    title: "what a domain is a list of gets shorter",
    schema: `CREATE DOMAIN d AS varchar(@)[]; CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "9",
    to: "3",
    tooLong: "{abcdef}",
    fits: "{abc}",
  },
  {
    title: "the bits that a domain is a list of get fewer",
    schema: `CREATE DOMAIN d AS varbit(@)[]; CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "8",
    to: "4",
    tooLong: "{11110000}",
    fits: "{1010}",
  },
  {
    title: "a column of text goes to a domain of bits",
    schema: `CREATE DOMAIN small AS varbit(3); CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "text",
    to: "small",
    tooLong: "11110",
    fits: "101",
  },
  {
    title: "a column of text goes to bits",
    schema: `CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "text",
    to: "varbit(3)",
    tooLong: "11110",
    fits: "101",
  },
  {
    title: "a column of text goes to lists",
    schema: `CREATE TABLE t (id int PRIMARY KEY, c @);`,
    from: "text",
    to: "varchar(2)[]",
    tooLong: "{abc}",
    fits: "{ab}",
  },
  {
    title: "a domain of text becomes one of numbers",
    schema: `CREATE DOMAIN d AS @; CREATE TABLE t (id int PRIMARY KEY, c d);`,
    from: "text",
    to: "int",
    tooLong: "many",
    fits: "12",
  },
];

async function run(line: string): Promise<number | null> {
  return (await project.limbeck(line)).exitCode;
}

const read = async (): Promise<unknown> => (await database.rows("SELECT c::text AS c FROM t"))[0]?.["c"];

describe("a value for which a domain, or another type, has no place", { timeout: 60_000 }, () => {
  it.each(CHANGES)("stops the upgrade, and is not cut: $title", async ({ schema, from, to, tooLong, fits }) => {
    project.write("schema.sql", schema.replace("@", from));
    expect(await run("revision -m one --autogenerate")).toBe(0);
    expect(await run("upgrade head")).toBe(0);
    await database.run(`INSERT INTO t VALUES (1, '${tooLong}')`);
    project.write("schema.sql", schema.replace("@", to));
    expect(await run("revision -m two --autogenerate")).toBe(0);
    expect(await run("upgrade head")).toBe(7);
    expect(await read()).toBe(tooLong);
    await database.run(`UPDATE t SET c = '${fits}'`);
    expect(await run("upgrade head")).toBe(0);
    expect(await read()).toBe(fits);
    expect(await run("check")).toBe(0);
  });
});

describe("a value that a domain keeps less of", { timeout: 60_000 }, () => {
  it("is told of, and is not lost without a word", async () => {
    const write = (type: string): void =>
      project.write(
        "schema.sql",
        `CREATE DOMAIN d AS ${type}; CREATE DOMAIN over AS d; CREATE TABLE t (id int PRIMARY KEY, c d, o over, r real);`,
      );
    write("numeric(10,0)");
    await run("revision -m one --autogenerate");
    expect(await run("upgrade head")).toBe(0);
    write("numeric(10,2)");
    const { stderr, stdout } = await project.limbeck("revision -m two --autogenerate");
    expect(`${stdout}${stderr}`).toContain("The downgrade destroys digits after the point in columns of d.");
    expect(await run("upgrade head")).toBe(0);
    await database.run("INSERT INTO t VALUES (1, 1.55, 2.25, 1.5), (2, NULL, NULL, 1.5)");
    const refused = await project.limbeck("downgrade -1");
    expect(refused.stderr).toMatch(/1 value of t\.c[^]*1 value of t\.o/);
    expect(refused.stderr).not.toContain("t.r");
    expect(refused.exitCode).not.toBe(0);
    expect(await read()).toBe("1.55");
  });
});

it("a function that changes is no type, and takes nothing from values of any", async () => {
  const write = (body: string): void =>
    project.write(
      "schema.sql",
      `CREATE TABLE t (id int PRIMARY KEY, c jsonb, d json, e char(3));
       CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT ${body} $$;`,
    );
  for (const body of ["1", "2"]) {
    write(body);
    expect(await project.limbeck(`revision --autogenerate -m ${body}`)).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining("Destroys") });
    await database.run(`INSERT INTO t VALUES (${body}, '{"a": 1}', '{"b": 2}', 'c')`);
  }
  expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
});
