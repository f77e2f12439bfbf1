import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("t", { id: integer() });`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("b2", "a1", "second", {
    up: `await op.addColumn("t", "n", integer());`,
    down: `await op.dropColumn("t", "n");`,
  });
});

afterEach(() => project.dispose());

function read(sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

function run(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
}

const events = (): readonly unknown[] =>
  read("SELECT direction || ' ' || revision || ' ' || event AS e FROM limbeck_history ORDER BY id").map(({ e }) => e);

const upgrade = async (): Promise<void> => expect((await project.limbeck("upgrade head")).exitCode).toBe(0);

describe("the journal", () => {
  it("has an entry for each revision that ran, with its checksum, and is no part of the schema", async () => {
    await upgrade();
    expect(await project.limbeckJson("downgrade -1")).toMatchObject({ ok: true });
    expect(events()).toEqual(["upgrade a1 finished", "upgrade b2 finished", "downgrade b2 finished"]);
    const [first, second, third] = read(
      "SELECT run_id, checksum, tool_version, milliseconds, recorded_at FROM limbeck_history ORDER BY id",
    );
    expect(first?.["run_id"]).toBe(second?.["run_id"]);
    expect(third?.["run_id"]).not.toBe(first?.["run_id"]);
    expect(first?.["checksum"]).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.["checksum"]).toBe(third?.["checksum"]);
    expect(first?.["tool_version"]).toBe("1.2.3");
    expect(first?.["milliseconds"]).toBeGreaterThanOrEqual(0);
    expect(first?.["recorded_at"]).toMatch(/^20\d\d-\d\d-\d\dT/);
    expect((await project.limbeck("inspect --sql")).stdout).not.toContain("limbeck_history");
  });

  it("is not written to where nothing is pending", async () => {
    await upgrade();
    await upgrade();
    expect(events()).toHaveLength(2);
  });

  it("comes to a database that was upgraded before there was one, with the first run that changes something", async () => {
    expect((await project.limbeck("upgrade a1")).exitCode).toBe(0);
    run("DROP TABLE limbeck_history");
    expect(await project.limbeckJson("upgrade a1")).toMatchObject({ ok: true });
    expect(read("SELECT name FROM sqlite_schema WHERE name = 'limbeck_history'")).toEqual([]);
    expect(await project.limbeckJson("status")).toMatchObject({ ok: true });
    await upgrade();
    expect(events()).toEqual(["upgrade b2 finished"]);
    expect(await project.limbeckJson("verify")).toMatchObject({ data: { verified: 1, unverified: ["a1"] } });
  });

  it("keeps no password that stands in what failed", async () => {
    project.writeRevision("c3", "b2", "broken", { up: `await op.execute("CREATE USER app IDENTIFIED BY 's3cret'");` });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    const [last] = read("SELECT event, detail FROM limbeck_history ORDER BY id DESC LIMIT 1");
    expect(last?.["event"]).toBe("rolled back");
    expect(last?.["detail"]).toContain("CREATE USER app IDENTIFIED BY '***'");
  });

  it("says what failed, and that it was taken back", async () => {
    await upgrade();
    project.writeRevision("c3", "b2", "broken", { up: `await op.execute("SELECT nothing");` });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(events().at(-1)).toBe("upgrade c3 rolled back");
    expect(read("SELECT detail FROM limbeck_history ORDER BY id DESC LIMIT 1")[0]?.["detail"]).toContain("c3 failed");
  });

  it("takes the place of its name from the version table", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", versionTable: "alembic_version" };\n`);
    await upgrade();
    expect(read("SELECT count(*) AS n FROM alembic_history")).toEqual([{ n: 2 }]);
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", historyTable: "own" };\n`);
    run("DROP TABLE t");
    await upgrade();
    expect(read("SELECT count(*) AS n FROM own")).toEqual([{ n: 2 }]);
  });

  it("is left by a script as by a run", async () => {
    const { stdout } = await project.limbeck("upgrade head --sql");
    expect((await project.limbeck("upgrade head --sql")).stdout).toBe(stdout);
    run(stdout.replace(/^\.bail on$/m, ""));
    expect(events()).toEqual(["upgrade a1 finished", "upgrade b2 finished"]);
    expect(await project.limbeckJson("verify")).toMatchObject({ data: { verified: 2, unverified: [] } });
    const down = await project.limbeck("downgrade b2:a1 --sql");
    run(down.stdout.replace(/^\.bail on$/m, ""));
    expect(events().at(-1)).toBe("downgrade b2 finished");
    await upgrade();
    expect(read("SELECT id FROM limbeck_history").map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });
});

describe("transactions", () => {
  const config = (scope: string): void =>
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", transactions: "${scope}" };\n`);

  beforeEach(() =>
    project.writeRevision("c3", "b2", "broken", {
      up: `await op.createTable("u", { id: integer() }); await op.execute("SELECT nothing");`,
    }),
  );

  it("are one for each revision unless the config says otherwise", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(read("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "b2" }]);
    expect(read("SELECT name FROM sqlite_schema WHERE name = 'u'")).toEqual([]);
  });

  it("are one for the whole run with `run`", async () => {
    config("run");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(read("SELECT name FROM sqlite_schema")).toEqual([]);
    expect((await project.limbeck("upgrade b2")).exitCode).toBe(0);
    expect(events()).toEqual(["upgrade a1 finished", "upgrade b2 finished"]);
  });

  it.each([
    ["`none` in the config", () => config("none")],
    [
      "`transactional = false` in the file",
      () => {
        const path = "migrations/versions/c3_broken.ts";
        project.write(path, `${project.read(path)}\nexport const transactional = false;\n`);
      },
    ],
  ])("are one for each call with %s, and the next run goes on behind what is there", async (_, prepare) => {
    prepare();
    const failed = await project.limbeck("upgrade head");
    expect([failed.exitCode, failed.stderr]).toEqual([7, expect.stringContaining("were committed before it failed")]);
    expect(read("SELECT name FROM sqlite_schema WHERE name = 'u'")).toHaveLength(1);
    expect(events().at(-1)).toBe("upgrade c3 failed");
    const path = "migrations/versions/c3_broken.ts";
    project.write(path, project.read(path).replace("SELECT nothing", "INSERT INTO u VALUES (1)"));
    await upgrade();
    expect(read("SELECT * FROM u")).toEqual([{ id: 1 }]);
    expect(events().at(-1)).toBe("upgrade c3 finished");
  });

  it("are none for a .sql revision whose header says so", async () => {
    project.remove("migrations/versions/c3_broken.ts");
    const sql = (rest: string): string =>
      `-- c\n--\n-- revision: c3\n-- down_revision: b2\n-- transactional: false\n\n-- limbeck: upgrade\nINSERT INTO t VALUES (1, 1);\n${rest}\n`;
    project.write("migrations/versions/c3.sql", sql("SELECT nothing;"));
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(read("SELECT n FROM t")).toEqual([{ n: 1 }]);
    project.write("migrations/versions/c3.sql", sql("UPDATE t SET n = n + 1;"));
    await upgrade();
    expect(read("SELECT n FROM t")).toEqual([{ n: 2 }]);
    project.write("migrations/versions/c3.sql", sql("").replace("transactional: false", "transactional: maybe"));
    expect(await project.limbeckJson("history")).toMatchObject({ ok: false, error: { code: "LB0217" } });
  });
});

describe("a revision that stopped in the middle", () => {
  beforeEach(async () => {
    await upgrade();
    project.writeRevision("c3", "b2", "half", {
      up: `await op.execute("INSERT INTO t VALUES (1, 1)"); await op.autocommit((op) => op.execute("UPDATE t SET n = n + 1")); await op.execute("SELECT nothing");`,
      down: "",
    });
    const { exitCode } = await project.limbeck("upgrade head");
    if (exitCode !== 7) throw new Error("It did not fail.");
  });

  const edit = (from: string, to: string): void => {
    const path = "migrations/versions/c3_half.ts";
    project.write(path, project.read(path).replace(from, to));
  };

  it("is told by status, with the command that goes on", async () => {
    expect(await project.limbeckJson("status")).toMatchObject({
      data: { halfway: { revision: "c3", direction: "upgrade" }, next: "limbeck upgrade c3" },
    });
    expect((await project.limbeck("status")).stdout).toContain("the upgrade of c3 stopped in the middle");
  });

  it("is to be brought to its end before anything else runs", async () => {
    const error = { code: "LB1301", fix: ["limbeck upgrade c3"] };
    expect(await project.limbeckJson("downgrade base --allow-data-loss")).toMatchObject({ exitCode: 2, error });
    project.remove("migrations/versions/c3_half.ts");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB1301" } });
  });

  it("does not go on where what has run was changed in the file", async () => {
    edit("n = n + 1", "n = n + 5");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB1302" } });
    edit("n = n + 5", "n = n + 1");
    edit("SELECT nothing", "UPDATE t SET n = n + 10");
    await upgrade();
    expect(read("SELECT n FROM t")).toEqual([{ n: 12 }]);
  });

  it("is over when a person says where the database stands", async () => {
    expect((await project.limbeck("stamp b2")).exitCode).toBe(0);
    expect(events().at(-1)).toBe("stamp b2 stamped");
    expect(await project.limbeckJson("downgrade a1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
  });
});

describe("verify", () => {
  beforeEach(upgrade);

  const code = async (line = "verify"): Promise<unknown> => {
    const { exitCode, error } = await project.limbeckJson(line);
    return [exitCode, (error as { readonly code?: string } | undefined)?.code];
  };
  const A = "migrations/versions/a1_first.ts";

  it("finds nothing where the files are those that ran, however they are indented", async () => {
    project.write(A, project.read(A).replaceAll("\n", "\r\n").replaceAll(" {", "   {"));
    expect(await project.limbeckJson("verify")).toMatchObject({ data: { verified: 2, unverified: [] } });
    expect((await project.limbeck("verify")).stderr).toContain("2 applied revisions");
  });

  it("tells a file that was edited, which others only warn of unless the config says otherwise", async () => {
    project.write(A, project.read(A).replace("integer()", "text()"));
    expect(await code()).toEqual([5, "LB1305"]);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { edited: [{ revision: "a1" }] } });
    expect((await project.limbeck("status")).stdout).toContain("a1 changed since it ran");
    await upgrade();
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", requireUnedited: true };\n`);
    expect(await code("upgrade head")).toEqual([2, "LB1305"]);
  });

  it("tells a file that is gone, also where another one builds on it", async () => {
    project.remove(A);
    expect(await code()).toEqual([5, "LB1306"]);
    const path = "migrations/versions/b2_second.ts";
    project.write(path, project.read(path).replace('downRevision = "a1"', "downRevision = null"));
    expect(await code()).toEqual([5, "LB1306"]);
  });

  it("tells a database that newer code has run on from one that stands where nobody knows", async () => {
    project.remove("migrations/versions/b2_second.ts");
    expect(await code()).toEqual([5, "LB1308"]);
    expect(await code("upgrade head")).toEqual([2, "LB1308"]);
    run("UPDATE limbeck_version SET version_num = 'zz'");
    expect(await code()).toEqual([5, "LB1307"]);
    expect(await code("upgrade head")).toEqual([2, "LB1002"]);
  });
});
