import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRandom } from "../../src/runtime/rows/random.ts";
import { CRASH_ENGINES } from "../runner/crash-engine.ts";
import { countStatements, NO_KILL, runKilled } from "../runner/run-killed.ts";
import { createSoftDeleteProject, fill, readAll, type SoftDeleteProject } from "./soft-delete-project.ts";

const isLong = process.env["LIMBECK_LONG"] === "1";
const SEED = Number(process.env["LIMBECK_SEED"] ?? Math.floor(Date.now() / 86_400_000));

/** How many kills are tried each way where not all are. */
const SLICE = 2;

/** Only there does a part of a revision stay that was killed. */
const MARIADB = CRASH_ENGINES.filter(({ driver }) => driver === "mysql2");

describe.each(MARIADB)("parking deleted rows, killed on $name", (engine) => {
  const check = engine.require();
  let project: SoftDeleteProject | undefined;

  beforeEach((context) => check(context));

  beforeAll(async () => {
    try {
      project = await createSoftDeleteProject(engine);
    } catch {
      return;
    }
    await fill(project);
  }, 60_000);

  afterAll(async () => {
    await project?.database.drop();
    project?.dispose();
  });

  it.each([
    { args: ["downgrade", "a001"], back: "upgrade head", left: "1" },
    { args: ["upgrade", "head"], back: "downgrade a001", left: "1 2 7" },
  ])(
    "goes on where it was with the next $args.0, and loses no row",
    async ({ args, back, left }) => {
      if (!project) throw new Error(`${engine.name} is not there.`);
      const opened = project;
      const { ok, query, folder } = opened;
      const line = args.join(" ");
      const isDown = line.startsWith("downgrade");
      if (!isDown) await ok("downgrade a001");
      const listTodos = async (): Promise<string> =>
        (await query("SELECT id FROM todos ORDER BY id")).map(({ id }) => JSON.stringify(id)).join(" ");
      const total = countStatements(await runKilled(engine, folder, args, NO_KILL));
      expect(await listTodos()).toBe(left);
      await ok(back);
      // After a downgrade there is no deletion to read.
      const look = (): Promise<string> => (isDown ? readAll(opened) : listTodos());
      const before = await look();
      const random = createRandom(SEED);
      const all = Array.from({ length: total }, (_, index) => index + 1);
      const places = isLong ? all : Array.from({ length: SLICE }, () => 1 + Math.floor(random() * total));
      for (const at of places) {
        for (const how of ["before", "during"] as const) {
          await runKilled(engine, folder, args, { at, how, delay: 0 });
          await ok(line);
          expect({ at, how, left: await listTodos() }).toEqual({ at, how, left });
          await ok(back);
          expect({ at, how, all: await look() }).toEqual({ at, how, all: before });
        }
      }
      await ok("upgrade head");
      expect(await ok("check")).toContain("agree");
      console.log(`${line} of ${total} statements, seed ${SEED}: ${places.length * 2} kills survived`);
    },
    isLong ? 1_200_000 : 240_000,
  );
});
