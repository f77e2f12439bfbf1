import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEnvironment } from "../../src/commands/environment.ts";
import { upgradeAll, type TenantReport } from "../../src/commands/tenants/upgrade-all.ts";
import { EXIT_CODES } from "../../src/kernel/exit-code.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
  mkdirSync(join(project.folder, "tenants"));
});

afterEach(() => project.dispose());

/** A config with tenants t0, t1 ..., listed one at a time. */
const configure = (count: number, rest = ""): void =>
  project.write(
    "limbeck.config.ts",
    `export default {
       url: "sqlite:todo.db",
       async *tenants() {
         for (let number = 0; number < ${count}; number += 1) yield { name: "t" + number, url: "sqlite:tenants/" + number + ".db" };
       },
       ${rest}
     };\n`,
  );

function openTenant(number: number): DatabaseSync {
  return new DatabaseSync(join(project.folder, `tenants/${number}.db`));
}

const tenantFiles = (): readonly string[] => project.list("tenants").filter((name) => name.endsWith(".db"));

function headOf(number: number): unknown {
  const database = openTenant(number);
  const row = database.prepare("SELECT group_concat(version_num) AS head FROM limbeck_version").get();
  database.close();
  return row?.["head"];
}

/** Makes the first revision fail there. */
function spoil(number: number): void {
  const database = openTenant(number);
  database.exec("CREATE TABLE todos (mine)");
  database.close();
}

/** Makes the second revision fail there. */
function spoilSecond(number: number): void {
  const database = openTenant(number);
  database.exec("DROP TABLE todos");
  database.close();
}

describe("upgrade --all", () => {
  it("upgrades every tenant, and has nothing to do the second time", async () => {
    configure(25);
    const first = await project.limbeckJson("upgrade head --all");
    expect(first).toMatchObject({
      exitCode: 0,
      data: { target: "head", upgraded: 25, upToDate: 0, failed: [], stopped: null },
    });
    expect(Array.from({ length: 25 }, (_, number) => headOf(number))).toEqual(Array.from({ length: 25 }, () => "a002"));
    expect(project.has("todo.db")).toBe(false);
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ data: { upgraded: 0, upToDate: 25 } });
  });

  it("tells of each tenant, and of all", async () => {
    configure(2);
    const { exitCode, stdout, stderr } = await project.limbeck("upgrade head --all --concurrency 1");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr.replaceAll(/(<1|[\d.]+) m?s/g, "N ms")).toBe(
      "↑ t0 · 2 revisions, N ms\n↑ t1 · 2 revisions, N ms\n✔ 2 tenants in N ms: 2 upgraded, 0 up to date.\n",
    );
  });

  it("begins with one alone, and with no other where that fails", async () => {
    configure(5);
    spoil(0);
    const { exitCode, stderr } = await project.limbeck("upgrade head --all");
    expect(exitCode).toBe(EXIT_CODES.migrationFailed);
    expect(stderr).toContain("✖ t0 · LB");
    expect(stderr).toMatch(/1 tenant in .*: 0 upgraded, 0 up to date, 1 failed\. The\s+others\s+were\s+not\s+tried\./);
    expect(stderr).toContain("Next: limbeck upgrade head --all\n");
    expect(tenantFiles()).toEqual(["0.db"]);
  });

  it("--quiet tells of nothing but failures", async () => {
    configure(5);
    expect(await project.limbeck("upgrade +1 --all -q --concurrency 1")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    spoilSecond(0);
    const { exitCode, stdout, stderr } = await project.limbeck("upgrade head --all --quiet");
    expect([exitCode, stdout]).toEqual([EXIT_CODES.migrationFailed, ""]);
    expect(stderr).toContain("✖ t0 · LB");
    expect(stderr).toMatch(/1 tenant in .*: 0 upgraded, 0 up to date, 1 failed\. The\s+others\s+were\s+not\s+tried\./);
    expect((await project.limbeck("upgrade head --all --quiet --json")).stderr).toBe("");
  });

  it("takes for a canary only who has something to do", async () => {
    configure(5);
    await project.limbeck("upgrade head --url sqlite:tenants/0.db");
    spoil(1);
    expect(await project.limbeckJson("upgrade head --all --concurrency 3")).toMatchObject({
      data: { upgraded: 0, upToDate: 1, failed: [{ tenant: "t1" }], stopped: "failures" },
    });
    expect(tenantFiles()).toEqual(["0.db", "1.db"]);
  });

  it("--strict runs nothing on a tenant that was changed by hand, and upgrades the others", async () => {
    configure(4);
    await project.limbeck("upgrade +1 --all");
    const changed = openTenant(2);
    changed.exec("ALTER TABLE todos ADD COLUMN mine text");
    changed.close();
    const result = await project.limbeckJson("upgrade head --all --strict --max-failures 2");
    expect(result).toMatchObject({
      exitCode: EXIT_CODES.migrationFailed,
      data: { upgraded: 3, failed: [{ tenant: "t2", code: "LB1601", why: expect.stringContaining("mine") }] },
    });
    expect([headOf(1), headOf(2)]).toEqual(["a002", "a001"]);
  });

  it("goes on until as many have failed as may, and the next run does the rest", async () => {
    configure(9);
    for (const number of [2, 4]) spoil(number);
    const result = await project.limbeckJson("upgrade head --all --max-failures 3 --concurrency 2");
    expect(result).toMatchObject({
      exitCode: EXIT_CODES.migrationFailed,
      ok: false,
      data: { upgraded: 7, failed: [{ tenant: "t2" }, { tenant: "t4" }], stopped: null },
    });
    for (const number of [2, 4]) {
      const database = openTenant(number);
      database.exec("DROP TABLE todos");
      database.close();
    }
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({
      exitCode: 0,
      data: { upgraded: 2, upToDate: 7 },
    });
  });

  it("ends the list where it stops before the last one, so that what the list holds open is closed", async () => {
    project.write(
      "limbeck.config.ts",
      `import { writeFileSync } from "node:fs";
       export default {
         url: "sqlite:todo.db",
         async *tenants() {
           try {
             for (let number = 0; number < 9; number += 1) yield { name: "t" + number, url: "sqlite:tenants/" + number + ".db" };
           } finally {
             writeFileSync(import.meta.dirname + "/closed.txt", "");
           }
         },
       };\n`,
    );
    spoil(0);
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ data: { stopped: "failures" } });
    expect(project.has("closed.txt")).toBe(true);
  });

  it("speaks of no others where the last one fails", async () => {
    configure(3);
    await project.limbeckJson("upgrade +1 --all");
    spoilSecond(2);
    const { exitCode, stderr } = await project.limbeck("upgrade head --all");
    expect(exitCode).toBe(EXIT_CODES.migrationFailed);
    expect(stderr).toMatch(/3 tenants in .*: 2 upgraded, 0 up to date, 1 failed\.\n/);
    expect(stderr).not.toContain("others");
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({
      exitCode: EXIT_CODES.migrationFailed,
      data: { upToDate: 2, failed: [{ tenant: "t2" }], stopped: null },
    });
  });

  it("tells of the failure where the list fails behind it, and of the request to stop where that came first", async () => {
    project.write(
      "limbeck.config.ts",
      `export default {
         url: "sqlite:todo.db",
         *tenants() { yield { name: "t0", url: "sqlite:tenants/0.db" }; throw new Error("the list broke"); },
       };\n`,
    );
    spoil(0);
    const failed = { failed: [{ tenant: "t0" }], stopped: "failures" };
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ data: failed });
    const stop = new AbortController();
    const environment = await openEnvironment({ cwd: project.folder, env: {} }, { signal: stop.signal });
    const onTenant = (): void => stop.abort();
    expect(await upgradeAll(environment, { target: "head", onTenant })).toMatchObject({ stopped: "interrupted" });
  });

  it("works on one at a time where it is told to work on none, and leaves nobody out", async () => {
    configure(3);
    const environment = await openEnvironment({ cwd: project.folder, env: {} });
    const result = await upgradeAll(environment, { target: "head", concurrency: 0 });
    expect(result).toMatchObject({ upgraded: 3, stopped: null });
  });

  it("stops when it is asked to, and goes on the next time", async () => {
    configure(40);
    const stop = new AbortController();
    const environment = await openEnvironment({ cwd: project.folder, env: {} }, { signal: stop.signal });
    const reports: TenantReport[] = [];
    const onTenant = (report: TenantReport): void => {
      reports.push(report);
      if (reports.length === 10) stop.abort();
    };
    const result = await upgradeAll(environment, { target: "head", onTenant });
    expect(result).toMatchObject({ failed: [], stopped: "interrupted" });
    expect(result.upgraded).toBe(reports.length);
    expect(result.upgraded).toBeLessThan(20);
    const { upgraded } = result;
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({
      data: { upgraded: 40 - upgraded, upToDate: upgraded },
    });
  });

  it("works on at most as many at a time as it may", async () => {
    configure(12);
    project.writeRevision("a003", "a002", "slow", {
      up: `const { appendFileSync } = await import("node:fs");
           const log = (text) => appendFileSync(${JSON.stringify(join(project.folder, "log"))}, text);
           log("+");
           await new Promise((resolve) => setTimeout(resolve, 20));
           log("-");`,
    });
    writeFileSync(join(project.folder, "log"), "");
    expect(await project.limbeckJson("upgrade head --all --concurrency 3 --canary 2")).toMatchObject({ exitCode: 0 });
    const most = (text: string): number => {
      let now = 0;
      return Math.max(...Array.from(text, (sign) => (now += sign === "+" ? 1 : -1)));
    };
    const log = project.read("log");
    expect(log.startsWith("+-+-")).toBe(true);
    expect(most(log)).toBe(3);
  });

  it("refuses what it cannot use, and shows no password", async () => {
    const config = (text: string): void =>
      project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", ${text} };\n`);
    config("");
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ exitCode: 2, error: { code: "LB0124" } });
    config(`tenants: () => [{ name: "a", url: "postgres://me:secret@127.0.0.1/x" }]`);
    const other = await project.limbeckJson("upgrade head --all");
    expect(other).toMatchObject({
      exitCode: EXIT_CODES.migrationFailed,
      data: { failed: [{ tenant: "a", code: "LB0125" }] },
    });
    expect(JSON.stringify(other)).not.toContain("secret");
    config(`tenants: () => [{ name: "a" }]`);
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
    config(`tenants: () => 5`);
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
    config(`tenants: () => { throw new Error("no list today") }`);
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0103", title: expect.stringContaining("no list today") },
    });
    config("tenants: []");
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ error: { code: "LB0106" } });
    for (const [line, code] of [
      ["upgrade head --all --sql", "LB0009"],
      ["upgrade head --all --dry-run", "LB0009"],
      ["upgrade head --all --url sqlite:x.db", "LB0009"],
      ["upgrade head --concurrency 2", "LB0015"],
      ["upgrade head --all --concurrency two", "LB0017"],
    ] as const) {
      expect([line, await project.limbeckJson(line)]).toMatchObject([line, { exitCode: 2, error: { code } }]);
    }
  });

  it("lets the end of a list that fails wait for what is under way", async () => {
    project.write(
      "limbeck.config.ts",
      `export default { url: "sqlite:todo.db", *tenants() { yield { name: "a", url: "sqlite:tenants/0.db" }; throw new Error("cut off"); } };\n`,
    );
    expect(await project.limbeckJson("upgrade head --all")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0103", title: expect.stringContaining("cut off") },
    });
    expect(headOf(0)).toBe("a002");
  });

  const check = requirePostgres();
  it("takes schemas of PostgreSQL for tenants", async (context) => {
    check(context);
    const database = await createPostgresDatabase("CREATE SCHEMA one", "CREATE SCHEMA two", 'CREATE SCHEMA "Three"');
    try {
      project.write(
        "limbeck.config.ts",
        `export default { url: ${JSON.stringify(database.url)}, tenants: () => ["one", "two", "Three"].map((name) => ({ name, url: ${JSON.stringify(database.url)} + "?schema=" + name })) };\n`,
      );
      expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ exitCode: 0, data: { upgraded: 3 } });
      expect(
        await database.rows("SELECT schemaname AS s FROM pg_tables WHERE tablename = 'todos' ORDER BY schemaname"),
      ).toEqual([{ s: "Three" }, { s: "one" }, { s: "two" }]);
      expect(await project.limbeckJson("upgrade head --all")).toMatchObject({ data: { upgraded: 0, upToDate: 3 } });
    } finally {
      await database.drop();
    }
  });
});
