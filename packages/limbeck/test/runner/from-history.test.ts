import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { CRASH_ENGINES, type CrashDatabase } from "./crash-engine.ts";

const FILES = {
  b2: "migrations/versions/b2_grow.ts",
  c3: "migrations/versions/c3_rename.ts",
  d4: "migrations/versions/d4_odd.ts",
};

describe.each(CRASH_ENGINES)("downgrade --from-history on $name", ({ dialect, create, require }) => {
  const check = require();
  let project: TestProject;
  let database: CrashDatabase;

  async function withConnection<Result>(use: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection = await dialect.connect(database.url);
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  }

  const rows = (sql: string): Promise<readonly unknown[]> => withConnection((connection) => connection.query(sql));
  const readSchema = () => withConnection(async (connection) => (await dialect.introspect(connection)).schema);

  const odd = (down: string, up = `await op.execute("UPDATE people SET id = id");`): void =>
    project.writeRevision("d4", "c3", "odd", { up, down });

  beforeEach(async (context) => {
    check(context);
    project = createTestProject();
    database = await create(project.folder);
    project.write("limbeck.config.ts", `export default { url: "${database.url}", keepDowngrades: 20 };\n`);
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("people", { id: integer().primaryKey(), name: text() }); await op.execute("INSERT INTO people VALUES (1, 'Ann')");`,
      down: `await op.dropTable("people");`,
    });
    project.writeRevision("b2", "a1", "grow", {
      up: `await op.createTable("pets", { id: integer().primaryKey(), owner: integer() }); await op.addColumn("people", "age", integer());`,
      down: `await op.execute("UPDATE people SET name = 'was in b2'"); await op.dropColumn("people", "age"); await op.dropTable("pets");`,
    });
    project.writeRevision("c3", "b2", "rename", {
      up: `await op.renameColumn("people", "name", "label"); await op.createIndex("ix_pets_owner", "pets", ["owner"]);`,
      down: `await op.dropIndex("ix_pets_owner", "pets"); await op.renameColumn("people", "label", "name");`,
    });
    const { exitCode, stderr } = await project.limbeck("upgrade a1");
    if (exitCode !== 0) throw new Error(stderr);
  });

  afterEach(async () => {
    await database.drop();
    project.dispose();
  });

  it("keeps the way back of what was stamped since, as nothing that it did was taken back", async () => {
    for (const line of ["upgrade head", "stamp head"]) {
      expect([line, (await project.limbeck(line)).exitCode]).toEqual([line, 0]);
    }
    for (const file of [FILES.b2, FILES.c3]) project.remove(file);
    expect((await project.limbeck("downgrade a1 --from-history --allow-data-loss")).exitCode).toBe(0);
    expect(await rows("SELECT name FROM people")).toEqual([{ name: "was in b2" }]);
  });

  it("takes revisions back whose files are gone, with consent, and writes them into the journal", async () => {
    const before = await readSchema();
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    for (const file of [FILES.b2, FILES.c3]) project.remove(file);

    const refused = await project.limbeckJson("upgrade head");
    expect(refused).toMatchObject({ exitCode: 2, error: { code: "LB1308" } });
    const fix = "limbeck downgrade a1 --from-history";
    expect(refused).toMatchObject({ error: { fix: expect.arrayContaining([fix]) } });
    expect(await project.limbeckJson("verify")).toMatchObject({ error: { fix: expect.arrayContaining([fix]) } });

    const preview = await project.limbeck("downgrade a1 --from-history --dry-run");
    expect([preview.exitCode, preview.stdout]).toEqual([0, expect.stringContaining("was in b2")]);

    await withConnection((connection) => connection.execute("INSERT INTO pets VALUES (1, 1)"));
    await withConnection((connection) => connection.execute("COMMIT")).catch(() => undefined);
    expect(await project.limbeckJson("downgrade a1 --from-history")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1070" },
    });
    expect(await rows("SELECT label FROM people")).toEqual([{ label: "Ann" }]);
    expect(await project.limbeckJson("downgrade a1 --from-history --allow-data-loss")).toMatchObject({
      exitCode: 0,
      data: { from: ["c3"], to: ["a1"], heads: ["a1"], pending: 0, steps: [{ revision: "c3" }, { revision: "b2" }] },
    });
    expect(await rows("SELECT name FROM people")).toEqual([{ name: "was in b2" }]);
    const isJournal = ({ name }: { readonly name: string }): boolean => name.startsWith("limbeck_");
    expect((await readSchema()).tables.filter((one) => !isJournal(one))).toEqual(
      before.tables.filter((one) => !isJournal(one)),
    );
    expect(await rows("SELECT revision, direction FROM limbeck_history WHERE event = 'finished' ORDER BY id")).toEqual(
      [
        ["a1", "upgrade"],
        ["b2", "upgrade"],
        ["c3", "upgrade"],
        ["c3", "downgrade"],
        ["b2", "downgrade"],
      ].map(([revision, direction]) => ({ revision, direction })),
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  });

  it("goes on where an earlier try has stopped", async () => {
    odd(
      `await op.dropIndex("ix_pets_owner", "pets"); await op.execute("INSERT INTO late VALUES (1)"); await op.createIndex("ix_pets_owner", "pets", ["owner"]);`,
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    project.remove(FILES.d4);
    expect(await project.limbeckJson("downgrade c3 --from-history")).toMatchObject({ exitCode: 7 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB1308" } });
    await withConnection((connection) => connection.execute("CREATE TABLE late (n integer)"));
    expect(await project.limbeckJson("downgrade c3 --from-history")).toMatchObject({
      exitCode: 0,
      data: { to: ["c3"] },
    });
    expect(await rows("SELECT n FROM late")).toEqual([{ n: 1 }]);
    const indexes = (await readSchema()).tables.find(({ name }) => name === "pets")?.indexes;
    expect(indexes).toMatchObject([{ name: "ix_pets_owner" }]);
  });

  it("leaves the transaction where the file did", async () => {
    odd(
      `await op.execute("UPDATE people SET label = 'in'"); await op.autocommit((op) => op.execute("UPDATE people SET label = 'out'")); await op.execute("SELECT nothing");`,
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    project.remove(FILES.d4);
    expect(await project.limbeckJson("downgrade c3 --from-history")).toMatchObject({ exitCode: 7 });
    expect(await rows("SELECT label FROM people")).toEqual([{ label: "out" }]);
  });

  it.each([
    ["reads rows", `await op.query("SELECT 1 AS one");`],
    ["characters", `await op.execute("UPDATE people SET label = '" + "x".repeat(600000) + "'");`],
    ["another one each time", "await op.execute(`UPDATE people SET label = '${String(Math.random())}'`);"],
    ["password", `await op.execute("UPDATE people SET token = 'very secret'");`],
    ["its code failed", `await op.dropColumn("people", "nowhere");`],
    ["in batches", `await op.backfill("people", { set: { label: "'x'" } });`],
  ])("refuses where a way back is not kept: %s", async (reason, down) => {
    odd(down);
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    if (exitCode !== 0) throw new Error(stderr);
    for (const row of await rows("SELECT detail FROM limbeck_history"))
      expect(JSON.stringify(row)).not.toContain("very secret");
    project.remove(FILES.d4);
    const ahead = await project.limbeckJson("upgrade head");
    expect(ahead).toMatchObject({ error: { code: "LB1308" } });
    expect(JSON.stringify(ahead)).not.toContain("--from-history");
    const refused = await project.limbeckJson("downgrade c3 --from-history");
    expect(refused).toMatchObject({ exitCode: 2, error: { code: "LB1311", why: expect.stringContaining(reason) } });
  });
});

describe("downgrade --from-history", () => {
  let project: TestProject;

  beforeEach(() => {
    project = createTestProject();
    project.writeRevision("a1", null, "first", { up: `await op.createTable("t", { id: integer() });` });
    project.writeRevision("b2", "a1", "grow", {
      up: `await op.addColumn("t", "n", integer());`,
      down: `await op.dropColumn("t", "n");`,
    });
  });

  afterEach(() => project.dispose());

  it("finds nothing where the config says that nothing is kept", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
    await project.limbeck("upgrade head");
    project.remove(FILES.b2);
    expect(await project.limbeckJson("downgrade a1 --from-history")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1311" },
    });
  });

  it("keeps of a long run what came last", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", keepDowngrades: 1 };\n`);
    project.writeRevision("c3", "b2", "rename", {
      up: `await op.renameTable("t", "u");`,
      down: `await op.renameTable("u", "t");`,
    });
    await project.limbeck("upgrade head");
    for (const file of [FILES.b2, FILES.c3]) project.remove(file);
    const why = expect.stringContaining("none of the last 1 of its run");
    expect(await project.limbeckJson("downgrade a1 --from-history")).toMatchObject({ exitCode: 2, error: { why } });
    expect(await project.limbeckJson("downgrade b2 --from-history")).toMatchObject({
      exitCode: 0,
      data: { to: ["b2"] },
    });
  });

  it("is a downgrade like any other where all files are here, and needs a database", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", keepDowngrades: 20 };\n`);
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("downgrade b2:a1 --sql --from-history")).toMatchObject({ exitCode: 2 });
    expect(await project.limbeckJson("downgrade a1 --from-history")).toMatchObject({
      exitCode: 0,
      data: { to: ["a1"] },
    });
  });
});
