import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openEnvironment } from "../../src/commands/environment.ts";
import { downgrade } from "../../src/commands/downgrade.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import { createRandom } from "../../src/runtime/rows/random.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { CRASH_ENGINES, type CrashDatabase } from "./crash-engine.ts";
import { writeCrashHistory } from "./crash-history.ts";
import { countStatements, NO_KILL, readKillTime, runKilled, type Ended, type Kill } from "./run-killed.ts";

const isLong = process.env["LIMBECK_LONG"] === "1";
/** How many kills of each kind and direction are tried; at full size there is one before each statement, besides so many during one. */
const SLICE = Number(process.env["LIMBECK_CRASHES"] ?? (isLong ? 150 : 1));
/** The next run begins so many milliseconds after the kill, while the server may still be at work on what the killed one sent. */
const SOON = 50;
const SEED = Number(process.env["LIMBECK_SEED"] ?? Math.floor(Date.now() / 86_400_000));

function summarize(pauses: readonly number[]) {
  const sorted = pauses.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    longest: sorted.at(-1) ?? 0,
    late: sorted.filter((pause) => pause > SOON).length,
  };
}

type Direction = "upgrade" | "downgrade";

describe.each(CRASH_ENGINES)("a run that is killed on $name", (engine) => {
  const check = engine.require();
  let project: TestProject;
  let database: CrashDatabase | undefined;

  beforeEach((context) => check(context));

  beforeAll(async () => {
    project = createTestProject();
    try {
      database = await engine.create(project.folder);
    } catch {
      return;
    }
    project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(database.url)} };\n`);
    writeCrashHistory(project, engine.peculiarities);
  });

  afterAll(async () => {
    await database?.drop();
    project.dispose();
  });

  const opened = (): CrashDatabase => {
    if (!database) throw new Error(`${engine.name} is not there.`);
    return database;
  };

  const finish = async (direction: Direction): Promise<void> => {
    const environment = await openEnvironment({ cwd: project.folder, env: {} });
    if (direction === "upgrade") await upgrade(environment, { target: "head" });
    else await downgrade(environment, { target: "base", allowDataLoss: true });
  };

  /** All that a run leaves, but for the journal. */
  const look = async (): Promise<string> => {
    const { dialect } = engine;
    const connection = await dialect.connect(opened().url);
    try {
      const { schema } = await dialect.introspect(connection);
      const facts = await dialect.takeFingerprint(connection);
      const rows: string[] = [];
      for (const { name } of schema.tables.filter((table) => table.name !== "limbeck_history")) {
        const all = await connection.query(`SELECT * FROM ${dialect.quoteName(name)}`);
        const values = all.map((row) =>
          JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)),
        );
        rows.push(`${name}: ${values.toSorted().join("; ")}`);
      }
      const own = facts.filter((fact) => !fact.includes("limbeck_history"));
      const tables = schema.tables.filter(({ name }) => name !== "limbeck_history");
      return JSON.stringify({ ...schema, tables, rows, own }, undefined, 1);
    } finally {
      await connection.close();
    }
  };

  /** Whether the journal has anything in the middle. */
  const isClosed = async (): Promise<boolean> => {
    const connection = await engine.dialect.connect(opened().url);
    try {
      const rows = await connection.query("SELECT event FROM limbeck_history ORDER BY id DESC LIMIT 1");
      return rows[0]?.["event"] === "finished";
    } finally {
      await connection.close();
    }
  };

  const start = (direction: Direction, kill: Kill): Promise<Ended> =>
    runKilled(
      engine,
      project.folder,
      direction === "upgrade" ? ["upgrade", "head"] : ["downgrade", "base", "--allow-data-loss"],
      kill,
    );

  const prepare = async (direction: Direction): Promise<void> => {
    await opened().empty();
    if (direction === "downgrade") await finish("upgrade");
  };

  it.each<Direction>(["upgrade", "downgrade"])(
    "comes to the same end with the next %s",
    async (direction) => {
      await prepare(direction);
      const whole = await start(direction, NO_KILL);
      expect([whole.status, whole.stderr]).toEqual([0, expect.stringMatching(/STATEMENTS \d+/)]);
      const total = countStatements(whole);
      const wanted = await look();
      const random = createRandom(SEED);
      const all = Array.from({ length: total }, (_, index) => index + 1);
      const pick = (): number => 1 + Math.floor(random() * total);
      const some = (): readonly number[] => Array.from({ length: SLICE }, pick);
      const kills: readonly Kill[] = [
        ...(isLong ? all : some()).map((at) => ({ at, how: "before", delay: 0 }) as const),
        ...some().map((at) => ({ at, how: "during", delay: Math.floor(random() * 4) }) as const),
      ];
      const failures: string[] = [];
      const pauses: number[] = [];
      for (const kill of kills) {
        await prepare(direction);
        const ended = await start(direction, kill);
        if (ended.signal === "SIGKILL") pauses.push(Date.now() - readKillTime(ended));
        // A kill that comes a moment later may come after the end.
        else if (kill.how === "before") failures.push(`${JSON.stringify(kill)}: not killed: ${ended.stderr}`);
        try {
          await finish(direction);
          if ((await look()) !== wanted) failures.push(`${JSON.stringify(kill)}: ends elsewhere`);
          else if (!(await isClosed())) failures.push(`${JSON.stringify(kill)}: the journal is open`);
        } catch (error) {
          failures.push(`${JSON.stringify(kill)}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      if (failures.length > 0) console.log(failures.join("\n"));
      const killed = pauses.length;
      const { median, longest, late } = summarize(pauses);
      console.log(
        `${engine.name}, ${direction} of ${total} statements, seed ${SEED}: ${killed - failures.length} of ${killed} kills survived; ` +
          `the next run began ${median} ms after the kill in the median, ${longest} ms at most, ${late} of them later than ${SOON} ms`,
      );
      expect(failures).toEqual([]);
      // Asked only where nothing else runs beside it, and of most of them.
      expect(median).toBeLessThan(isLong ? SOON : Infinity);
    },
    isLong ? 7_200_000 : 600_000,
  );
});
