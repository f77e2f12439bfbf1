import { createTestProject, type TestProject } from "../packages/limbeck/test/cli/test-project.ts";
import { BUILT_BIN, runProgram } from "../packages/limbeck/test/support/run-program.ts";

/** How many processes race. */
export const RUNNERS = 10;
const REVISIONS = 8;

/** An empty database, and how to look into it and get rid of it. */
export interface RaceTrack {
  /** The ways to it, which the runners take in turn. */
  readonly urls: readonly string[];
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly drop: () => Promise<void>;
}

/** Revisions of which none can run twice unnoticed: each counts on, says who it was, and makes a table. */
function writeHistory(): TestProject {
  const made = createTestProject();
  made.write("limbeck.config.ts", `export default { url: process.env["RACE_URL"] };\n`);
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
async function race({ folder }: TestProject, { urls, rows }: RaceTrack) {
  const runs = Array.from({ length: RUNNERS }, (_, index) =>
    runProgram(folder, ["upgrade", "head"], { bin: BUILT_BIN, env: { RACE_URL: urls[index % urls.length] } }),
  );
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

/** What each of so many rounds comes to where every statement runs once. */
export const everyRound = (rounds: number) => Array.from({ length: rounds }, () => ONCE);

/** Lets the processes race again and again, each time on a database of its own. */
export async function raceRounds(rounds: number, open: (folder: string) => Promise<RaceTrack>) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const project = writeHistory();
    try {
      const track = await open(project.folder);
      try {
        results.push(await race(project, track));
      } finally {
        await track.drop();
      }
    } finally {
      project.dispose();
    }
  }
  return results;
}
