import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../packages/limbeck/test/cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../packages/limbeck/test/support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../packages/limbeck/test/support/postgres-server.ts";
import { BUILT_BIN, runProgram } from "../packages/limbeck/test/support/run-program.ts";

const RUNNERS = 10;
const ROUNDS = process.env["LIMBECK_LONG"] === "1" ? 20 : 1;
const REVISIONS = 8;

/** An empty database, and how to look into it and get rid of it. */
interface RaceTrack {
  readonly url: string;
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly drop: () => Promise<void>;
}

let project: TestProject | undefined;
let track: RaceTrack | undefined;

afterEach(async () => {
  await track?.drop();
  project?.dispose();
  [project, track] = [undefined, undefined];
});

/** Revisions of which none can run twice unnoticed: each counts on, says who it was, and makes a table. */
function writeHistory(url: string): TestProject {
  const made = createTestProject();
  made.write("limbeck.config.ts", `export default { url: ${JSON.stringify(url)} };\n`);
  made.writeRevision("r0", null, "begin", {
    up: `await op.execute("CREATE TABLE counted (n INTEGER NOT NULL)");
         await op.execute("CREATE TABLE ran (name VARCHAR(10) NOT NULL)");
         await op.execute("INSERT INTO counted VALUES (0)");`,
  });
  for (let number = 1; number <= REVISIONS; number += 1) {
    made.writeRevision(`r${number}`, `r${number - 1}`, "count", {
      up: `await op.execute("UPDATE counted SET n = n + 1");
           await new Promise((resolve) => setTimeout(resolve, ${number % 3}));
           await op.createTable("t${number}", { id: integer().primaryKey() });
           await op.execute("INSERT INTO ran VALUES ('r${number}')");`,
    });
  }
  return made;
}

/** What ten processes at once did to a database that none of them has seen. */
async function race({ folder }: TestProject, { rows }: RaceTrack) {
  const runs = Array.from({ length: RUNNERS }, () => runProgram(folder, ["upgrade", "head"], { bin: BUILT_BIN }));
  const ended = await Promise.all(runs);
  return {
    failures: ended.filter(({ status }) => status !== 0).map(({ stderr }) => stderr),
    // Who comes too late finds nothing to do, and says so.
    winners: ended.filter(({ stderr }) => stderr.includes(`${REVISIONS + 1} revisions run`)).length,
    counted: await rows("SELECT n FROM counted"),
    ran: (await rows("SELECT name FROM ran")).map(({ name }) => name),
    stands: await rows("SELECT version_num AS at FROM limbeck_version"),
  };
}

const ONCE = {
  failures: [],
  winners: 1,
  counted: [{ n: REVISIONS }],
  ran: Array.from({ length: REVISIONS }, (_, index) => `r${index + 1}`),
  stands: [{ at: `r${REVISIONS}` }],
};

async function raceRounds(open: (folder: string) => Promise<RaceTrack>) {
  const results = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    project = writeHistory("");
    track = await open(project.folder);
    project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(track.url)} };\n`);
    results.push(await race(project, track));
    await track.drop();
    project.dispose();
  }
  return results;
}

const EVERY_ROUND = Array.from({ length: ROUNDS }, () => ONCE);

describe(`${RUNNERS} processes that upgrade one database at once, ${ROUNDS} times`, () => {
  it("run every statement once on SQLite", async () => {
    const results = await raceRounds(async (folder) => ({
      url: "sqlite:app.db",
      rows: async (sql) => {
        const database = new DatabaseSync(join(folder, "app.db"));
        const rows = database.prepare(sql).all();
        database.close();
        return rows.map((row) => ({ ...row }));
      },
      drop: async () => undefined,
    }));
    expect(results).toEqual(EVERY_ROUND);
  });

  const checkPostgres = requirePostgres();
  it("run every statement once on PostgreSQL", async (context) => {
    checkPostgres(context);
    expect(await raceRounds(() => createPostgresDatabase())).toEqual(EVERY_ROUND);
  });

  const checkMariadb = requireMariadb();
  it("run every statement once on MariaDB", async (context) => {
    checkMariadb(context);
    expect(await raceRounds(() => createMariadbDatabase())).toEqual(EVERY_ROUND);
  });
});
