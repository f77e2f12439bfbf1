import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openServer } from "../../packages/learn/src/servers/open-server.ts";
import { MARIADB_URL, requireMariadb } from "../../packages/limbeck/test/support/mariadb-server.ts";
import { POSTGRES_URL, requirePostgres } from "../../packages/limbeck/test/support/postgres-server.ts";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { createSystemEnvironment } from "../../tools/walkthrough/system-environment.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

let root: string;
let project: string;
let servers: Readonly<Record<string, string>>;

function learnIn(folder: string, ...words: readonly string[]) {
  const env = { ...createSystemEnvironment(), ...servers, NO_COLOR: "1" };
  return spawnSync(process.execPath, [LIMBECK_BIN, "learn", ...words], { cwd: folder, env, encoding: "utf8" });
}
const learn = (...words: readonly string[]) => learnIn(project, ...words);

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-learn-clean-")));
  project = join(root, "my-todo");
  servers = {};
  learnIn(root, "start", "my-todo");
  symlinkSync(join(REPOSITORY, "node_modules"), join(project, "node_modules"), "junction");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const databaseOf = (folder: string): string =>
  /limbeck_learn_\w+/.exec(readFileSync(join(folder, ".env"), "utf8"))?.[0] ?? "";

describe("limbeck learn clean", { timeout: 120_000 }, () => {
  it("says so where nothing is to be dropped", () => {
    expect(learn("clean")).toMatchObject({ status: 0, stderr: "" });
    expect(learn("clean").stdout).toContain("no database on a server");
  });

  it("works where the place in the exercises cannot be read", () => {
    writeFileSync(join(project, ".limbeck-learn/progress.txt"), "current 99-nowhere\n");
    expect(learn("check").stderr).toContain("LB1406");
    expect(learn("clean")).toMatchObject({ status: 0, stderr: "" });
  });

  it("is told nothing by files that no exercise has written", async (context) => {
    requirePostgres()(context);
    servers = { LIMBECK_POSTGRES_URL: POSTGRES_URL };
    const { host } = new URL(POSTGRES_URL);
    const place = join(project, ".limbeck-learn/databases");
    mkdirSync(place, { recursive: true });
    const names = ["template1", "my_limbeck_learn_a", 'limbeck_learn_a"; DROP', "limbeck_learn_precious"];
    for (const [index, name] of names.entries())
      writeFileSync(join(place, `forged-${index}`), `postgres\n${host}\n${name}\n${project}\n`);
    expect(learn("clean", "--yes").stdout).toContain("no database on a server");
  });

  const kinds = [
    { engine: "postgres", variable: "LIMBECK_POSTGRES_URL", url: POSTGRES_URL, skip: requirePostgres() },
    { engine: "mariadb", variable: "LIMBECK_MARIADB_URL", url: MARIADB_URL, skip: requireMariadb() },
  ] as const;

  for (const { engine, variable, url, skip } of kinds) {
    it(`drops what a lab has made on ${engine}, when that is wanted, and nothing else`, async (context) => {
      skip(context);
      servers = { [variable]: url };
      const server = await openServer(engine, servers);
      const lab = `drift-${engine}`;
      expect(learn("go", lab)).toMatchObject({ status: 0, stderr: "" });
      const name = databaseOf(join(project, "labs", lab));
      const neighbour = `${name}_mine`;
      await server.create(neighbour);
      try {
        const made = (await server.list(name)).filter((one) => one !== neighbour);
        expect(made.length).toBeGreaterThan(1);
        const unasked = learn("clean");
        expect(unasked).toMatchObject({ status: 2 });
        expect(unasked.stderr).toContain("LB1420");
        expect(unasked.stderr).toContain("limbeck learn clean --yes");

        // Another server, and none at all, are not the one that they are on.
        for (const [other, said] of [
          [url.replace(/@[^/]+/, "@127.0.0.1:1"), "names 127.0.0.1:1"],
          ["", "names no server"],
        ] as const) {
          servers = { [variable]: other };
          const failed = learn("clean", "--yes");
          expect(failed.status).toBe(2);
          expect(failed.stdout).toContain(`${name} on`);
          expect(failed.stdout).toContain(said);
        }
        servers = { [variable]: url };

        // What a copy of the folder knows is what the folder itself still needs.
        const copy = join(root, "copy");
        cpSync(join(project, ".limbeck-learn"), join(copy, ".limbeck-learn"), { recursive: true });
        expect(learnIn(copy, "clean", "--yes").stdout).toContain("no database on a server");
        expect(await server.list(name)).toHaveLength(made.length + 1);

        const cleaned = learn("clean", "--yes");
        expect(cleaned).toMatchObject({ status: 0, stderr: "" });
        for (const one of made) expect(cleaned.stdout).toContain(`${one} on`);
        expect(cleaned.stdout).not.toContain(neighbour);
        expect(await server.list(name)).toEqual([neighbour]);
        expect(readdirSync(join(project, ".limbeck-learn/databases"))).toEqual([]);
      } finally {
        await server.drop(neighbour);
      }

      expect(learn("check").status).toBe(6);
      expect(learn("go", lab)).toMatchObject({ status: 0, stderr: "" });
      expect(await server.list(name)).toContain(name);
      expect(learn("go", "1")).toMatchObject({ status: 0, stderr: "" });
      expect(await server.list(name)).toEqual([]);
      expect(learn("clean").stdout).toContain("no database on a server");
    });

    it(`touches on ${engine} no database of a project that lay in the same place before`, async (context) => {
      skip(context);
      servers = { [variable]: url };
      const server = await openServer(engine, servers);
      const lab = `drift-${engine}`;
      expect(learn("go", lab)).toMatchObject({ status: 0, stderr: "" });
      const first = databaseOf(join(project, "labs", lab));
      await server.run(first, "CREATE TABLE precious (id INTEGER PRIMARY KEY)");
      const moved = join(root, "moved");
      renameSync(project, moved);
      learnIn(root, "start", "my-todo");
      symlinkSync(join(REPOSITORY, "node_modules"), join(project, "node_modules"), "junction");
      try {
        expect(learn("go", lab)).toMatchObject({ status: 0, stderr: "" });
        expect(databaseOf(join(project, "labs", lab))).not.toBe(first);
        expect(await server.fingerprint(first)).toContain("precious");

        // In the one that was moved, what is offered helps.
        expect(learnIn(moved, "check").stdout).toMatch(new RegExp(`limbeck learn go \\d+-${lab}`));
        expect(learnIn(moved, "go", lab)).toMatchObject({ status: 0, stderr: "" });
        expect(learnIn(moved, "check").stdout).not.toContain("leads to");
      } finally {
        expect(learn("clean", "--yes")).toMatchObject({ status: 0 });
        expect(learnIn(moved, "clean", "--yes")).toMatchObject({ status: 0 });
      }
      expect(await server.list(first)).toEqual([]);
    });
  }
});
