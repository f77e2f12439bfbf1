import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const WORKSHOP = join(import.meta.dirname, "../../../../workshop/00_personal_todo");

const check = requireMariadb();

let online: MariadbDatabase;
let offline: MariadbDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  online = await createMariadbDatabase();
  offline = await createMariadbDatabase();
  project = createTestProject();
});

afterEach(async () => {
  project.dispose();
  await online.drop();
  await offline.drop();
});

/** All of a database, rows, version and counters included, by the word of the vendor's own program; the journal's rows tell of run and moment. */
function dump({ url, name }: MariadbDatabase): readonly string[] {
  const options = [
    ...mariadbClientOptions(url),
    "--routines",
    "--events",
    "--triggers",
    "--skip-comments",
    `--ignore-table=${name}.limbeck_history`,
    name,
  ];
  return execFileSync("mariadb-dump", options, { encoding: "utf8" }).replaceAll(name, "the_database").split("\n");
}

async function run(line: string): Promise<string> {
  const { exitCode, stdout, stderr } = await project.limbeck(line);
  expect({ line, exitCode, stderr }).toMatchObject({ line, exitCode: 0 });
  return stdout;
}

/** The client leaves out comments unless it is told to keep them, in bodies too. */
async function runScript(line: string): Promise<void> {
  const options = [...mariadbClientOptions(offline.url), "--comments", offline.name];
  execFileSync("mariadb", options, {
    input: await run(`${line} --sql --url ${offline.url}`),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Step by step, up and down: both databases always hold the same. @returns how many steps there were */
async function goBothWays(revisions: readonly string[]): Promise<number> {
  const places = ["base", ...revisions];
  const steps = places.slice(1).map((to, index) => [`upgrade ${to}`, `upgrade ${places[index] ?? ""}:${to}`]);
  const back = places
    .slice(0, -1)
    .map((to, index) => [`downgrade ${to}`, `downgrade ${places[index + 1] ?? ""}:${to}`])
    .toReversed();
  for (const [line = "", script = ""] of [...steps, ...back]) {
    await run(`${line} --url ${online.url}${line.startsWith("downgrade") ? " --allow-data-loss" : ""}`);
    await runScript(script);
    expect({ line, dump: dump(offline) }).toEqual({ line, dump: dump(online) });
  }
  return steps.length + back.length;
}

describe("a script run by the mariadb client", () => {
  it("leaves what the online run leaves, over the workshop's history and back", { timeout: 60_000 }, async () => {
    for (const name of ["limbeck.config.ts", "app", "migrations"]) {
      cpSync(join(WORKSHOP, name), join(project.folder, name), { recursive: true });
    }
    expect(await goBothWays(["2026_02_21_001", "2026_02_21_002", "2026_02_21_003", "2026_02_21_004"])).toBe(8);
  });

  it("does so with routines, triggers, events, and bytes of every kind", { timeout: 60_000 }, async () => {
    project.write("limbeck.config.ts", `export default { url: "${online.url}" };\n`);
    project.writeRevision("a1", null, "tables", {
      up: String.raw`await op.createTable("t", { id: integer().primaryKey().autoIncrement(), a: text().comment("it's\n\\ \"so\"; -- $$") });
        await op.bulkInsert("t", [{ a: "it's; -- one\n$$ \\' \u0000 ü 😀 # /* x */" }, { a: "DELIMITER //\n\"two" }]);
        await op.execute("INSERT INTO t (a) VALUES (?), ('a -- b') -- the end", { parameters: [new Uint8Array([0x61, 0x27, 0x5c])] });`,
      down: `await op.dropTable("t");`,
    });
    project.writeRevision("b2", "a1", "bodies", {
      up: String.raw`await op.createObject("procedure", "tidy", "CREATE PROCEDURE tidy(IN least int) BEGIN\n  -- it's a comment; so\n  DELETE FROM t WHERE id < least; /* $$ */ SELECT '$$;', \"//\"; END");
        await op.createObject("function", "how_many", "SET STATEMENT sql_mode = 'ANSI_QUOTES' FOR CREATE FUNCTION how_many() RETURNS int READS SQL DATA BEGIN RETURN (SELECT count(*) FROM \"t\"); END");
        await op.createTrigger("touch", "t", "CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW BEGIN IF NEW.a = '' THEN SET NEW.a = ';'; END IF; END");
        await op.createObject("event", "nightly", "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2036-01-01 00:00:00' DO BEGIN CALL tidy(1); SET @a$$b = 1; END");
        await op.createSequence("numbers", { start: "7" });
        await op.createView("all_t", "SELECT a, ';' AS b FROM t");
        await op.execute("UPDATE t SET a = '' WHERE id = 2");
        await op.execute("CREATE TRIGGER raw_one AFTER DELETE ON t FOR EACH ROW BEGIN SET @x = 1; SET @y = ';'; END; UPDATE t SET id = 9 WHERE id = 1");`,
      down: `await op.execute("DROP TRIGGER raw_one; CALL tidy(3)"); await op.dropView("all_t"); await op.dropSequence("numbers"); await op.dropObject("event", "nightly");
        await op.dropTrigger("touch"); await op.dropObject("function", "how_many"); await op.dropObject("procedure", "tidy");`,
    });
    expect(await goBothWays(["a1", "b2"])).toBe(4);
  });
});
