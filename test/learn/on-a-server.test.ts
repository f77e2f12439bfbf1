import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXERCISES } from "../../packages/learn/src/exercises/all-exercises.ts";
import { openServer } from "../../packages/learn/src/servers/open-server.ts";
import { MARIADB_URL, requireMariadb } from "../../packages/limbeck/test/support/mariadb-server.ts";
import { POSTGRES_URL, requirePostgres } from "../../packages/limbeck/test/support/postgres-server.ts";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { createSystemEnvironment } from "../../tools/walkthrough/system-environment.ts";

const skipWithoutPostgres = requirePostgres();

const REPOSITORY = join(import.meta.dirname, "../..");

let root: string;
let project: string;
let servers: Readonly<Record<string, string>>;

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, ...words: readonly string[]): Said {
  const env = { ...createSystemEnvironment(), ...servers, NO_COLOR: "1" };
  return spawnSync(process.execPath, [...words], { cwd: folder, env, encoding: "utf8" });
}
const limbeck = (folder: string, ...words: readonly string[]): Said => run(folder, LIMBECK_BIN, ...words);
const learn = (...words: readonly string[]): Said => limbeck(project, "learn", ...words);

/** Those that nobody needs a server for. */
const ELSEWHERE = EXERCISES.filter(({ engine }) => engine === undefined).map(({ id }) => id);

function startAt(exercise: string, done: readonly string[] = ELSEWHERE): void {
  expect(limbeck(root, "learn", "start", "my-todo")).toMatchObject({ status: 0 });
  symlinkSync(join(REPOSITORY, "node_modules"), join(project, "node_modules"), "junction");
  writeFileSync(
    join(project, ".limbeck-learn/progress.txt"),
    [`current ${exercise}`, ...done.map((id) => `done ${id}`), ""].join("\n"),
  );
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-learn-server-")));
  project = join(root, "my-todo");
  servers = {};
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a learner without a server", { timeout: 60_000 }, () => {
  it("is told how to get one, and is not held up", () => {
    startAt("26-half-applied-mariadb");
    const checked = learn("check");
    expect(checked.status).toBe(6);
    expect(checked.stdout).toContain("LIMBECK_MARIADB_URL names no server");
    const listed = learn("list").stdout;
    expect(listed).toContain("needs MariaDB");
    for (const line of listed.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const ended = learn("next");
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(ended.stdout).toContain("5 more need a server");
    expect(ended.stdout).toContain("export LIMBECK_POSTGRES_URL=");
    for (const line of ended.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});

const readProgress = (): readonly string[] =>
  readFileSync(join(project, ".limbeck-learn/progress.txt"), "utf8").split("\n");

describe("a learner who goes to a lab at once", { timeout: 60_000 }, () => {
  it("comes back to the project as it was left", () => {
    startAt("02-configure", ["01-init"]);
    writeFileSync(join(project, "limbeck.config.ts"), "export default {};\n");
    const [lab = ""] = learn("list").stdout.match(/\d\d-two-heads\S*/) ?? [];
    const gone = learn("go", "two-heads");
    expect(gone).toMatchObject({ status: 0, stderr: "" });
    expect(gone.stdout).toContain("cd labs/two-heads");
    expect(readProgress()).toContain(`current ${lab}`);
    expect(learn("go", "2").stdout).toContain("Exercise 2");
    expect(readFileSync(join(project, "limbeck.config.ts"), "utf8")).toBe("export default {};\n");
    expect(readProgress()).toContain("current 02-configure");
    expect(readProgress()).toContain("done 01-init");
  });

  it("is told what cannot be gone to, and changes nothing", () => {
    startAt("01-init", []);
    for (const [words, code, fix] of [
      [["go"], "LB1417", "limbeck learn list"],
      [["go", "05"], "LB1418", "limbeck learn go 01-init"],
      [["go", "nothing-like-it"], "LB1412", "limbeck learn list"],
      [["go", "postgres"], "LB1412", "limbeck learn go "],
      [["go", "27-lock-queue-postgres"], "needs PostgreSQL", "LIMBECK_POSTGRES_URL"],
      [["next", "27"], "LB1419", "limbeck learn go 27"],
      [["check", "27"], "LB1419", "limbeck learn check"],
    ] as const) {
      const said = learn(...words);
      expect(said.status).toBe(2);
      expect(said.stderr).toContain(code);
      expect(said.stderr).toContain(fix);
      expect(readProgress()).toContain("current 01-init");
    }
  });

  it("goes to one on a server, and leaves nothing behind there", async (context) => {
    skipWithoutPostgres(context);
    servers = { LIMBECK_POSTGRES_URL: POSTGRES_URL };
    const server = await openServer("postgres", servers);
    startAt("01-init", []);
    expect(learn("go", "lock-queue-postgres")).toMatchObject({ status: 0, stderr: "" });
    const name =
      /limbeck_learn_\w+/.exec(readFileSync(join(project, "labs/lock-queue-postgres/.env"), "utf8"))?.[0] ?? "";
    expect(await server.list(name)).toContain(name);
    expect(learn("go", "1")).toMatchObject({ status: 0, stderr: "" });
    expect(await server.list(name)).toEqual([]);
  });
});

/** The first colour in what `sql.ts` shows. */
const COLOUR = /│ +0 +│ '(\w+)'/;

/** Makes the revision do what somebody did by hand. */
function writeRevision(path: string): void {
  const withBody = (text: string, name: string, statement: string): string =>
    text.replace(new RegExp(`(function ${name}\\([^)]*\\)[^{]*\\{)[^}]*\\}`), `$1\n  ${statement}\n}`);
  const up = 'await op.execute("ALTER TABLE todos ADD COLUMN colour VARCHAR(20)");';
  const text = withBody(readFileSync(path, "utf8"), "upgrade", up);
  writeFileSync(path, withBody(text, "downgrade", 'await op.dropColumn("todos", "colour");'));
}

describe("a lab on a server", { timeout: 120_000 }, () => {
  const kinds = [
    { engine: "postgres", variable: "LIMBECK_POSTGRES_URL", url: POSTGRES_URL, skip: requirePostgres() },
    { engine: "mariadb", variable: "LIMBECK_MARIADB_URL", url: MARIADB_URL, skip: requireMariadb() },
  ] as const;

  for (const { engine, variable, url, skip } of kinds) {
    it(`goes back on ${engine}, rows and tables alike, and leaves nothing behind`, async (context) => {
      skip(context);
      servers = { [variable]: url };
      const server = await openServer(engine, servers);
      startAt(`28-two-runners-${engine === "postgres" ? "mariadb" : "postgres"}`);
      const begun = learn("next");
      expect(begun).toMatchObject({ status: 0, stderr: "" });
      expect(begun.stdout).toContain(`cd labs/drift-${engine}`);
      const lab = join(project, `labs/drift-${engine}`);
      const sql = (text: string): string => run(lab, "sql.ts", text).stdout;
      const colour = (): string | undefined => COLOUR.exec(sql("SELECT colour FROM todos ORDER BY id"))?.[1];
      expect(colour()).toBe("green");

      sql("UPDATE todos SET colour = 'red' WHERE id = 1");
      expect(learn("check").status).toBe(6);
      sql("DROP TABLE todos");
      expect(learn("undo")).toMatchObject({ status: 0, stderr: "" });
      expect(colour()).toBe("red");
      expect(learn("reset")).toMatchObject({ status: 0, stderr: "" });
      expect(colour()).toBe("green");
      expect(learn("reset").stderr).toContain("LB1409");
      expect(learn("undo")).toMatchObject({ status: 0, stderr: "" });
      expect(colour()).toBe("red");

      const models = readFileSync(join(lab, "models.ts"), "utf8");
      writeFileSync(join(lab, "models.ts"), models.replace("\n});", "\n  colour: varchar(20),\n});"));
      expect(limbeck(lab, "revision", "-m", "add colour")).toMatchObject({ status: 0 });
      const [file = ""] = readdirSync(join(lab, "migrations/versions")).filter((name) => name.includes("colour"));
      writeRevision(join(lab, "migrations/versions", file));
      expect(limbeck(lab, "stamp", "head")).toMatchObject({ status: 0 });
      expect(learn("check")).toMatchObject({ status: 0, stderr: "" });

      const databaseOf = (folder: string): string =>
        /limbeck_learn_\w+/.exec(readFileSync(join(folder, ".env"), "utf8"))?.[0] ?? "";
      expect((await server.list(databaseOf(lab))).length).toBeGreaterThan(1);
      expect(learn("next").stdout).toContain("Adopt a database on");
      expect(await server.list(databaseOf(lab))).toEqual([]);
      const last = databaseOf(join(project, `labs/adopt-${engine}`));
      for (const name of await server.list(last)) await server.drop(name);
    });
  }

  it("looks at no other database than its own", { timeout: 60_000 }, async (context) => {
    const { engine, variable, url, skip } = kinds[0];
    skip(context);
    servers = { [variable]: url };
    startAt("28-two-runners-mariadb");
    expect(learn("next")).toMatchObject({ status: 0 });
    const path = join(project, `labs/drift-${engine}/.env`);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/limbeck_learn_\w+/, "template1"));
    const said = learn("check");
    expect(said.status).toBe(6);
    expect(said.stdout).toContain("nothing else is looked at");
    const server = await openServer(engine, servers);
    for (const name of await server.list(/limbeck_learn_\w+/.exec(text)?.[0] ?? "")) await server.drop(name);
  });
});
