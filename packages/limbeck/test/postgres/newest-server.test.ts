import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerNotice } from "../../src/dialect/dialect.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
import { dumpCatalogue } from "../support/postgres-catalogue-dump.ts";
import { createPostgresDatabaseOn, type PostgresDatabase } from "../support/postgres-server.ts";
import { findNewestBinaries } from "../support/postgres-binaries.ts";

let server: OwnServer;

beforeAll(async () => {
  server = await startOwnServer({ bin: await findNewestBinaries() });
  const admin = await postgres.connect(server.url);
  await admin.execute("CREATE ROLE guest LOGIN");
  await admin.execute("GRANT ALL ON SCHEMA public TO guest");
  await admin.close();
}, 240_000);

afterAll(() => server.stop());

const asGuest = (): string => server.url.replace("postgres@", "guest@");

describe("a server of the newest version", () => {
  it.each(["pg", "postgres"])("is reached through %s", async (driver) => {
    const connection = await postgres.connect(server.url, { driver });
    expect(connection.serverVersion).toMatch(/^18\./);
    await connection.close();
  });

  it("whose user may create no database has PGlite of its version in place of one, which is told", async () => {
    const heard: ServerNotice[] = [];
    const scratch = await postgres.openScratch({ beside: asGuest(), onNotice: (notice) => heard.push(notice) });
    expect(scratch.serverVersion).toMatch(/^18\./);
    expect(scratch.description).toBe("pglite::memory:");
    expect(heard).toEqual([
      { severity: "NOTICE", message: expect.stringMatching(/^no database may be .* PGlite 18\./) },
    ]);
    await scratch.close();
  }, 120_000);

  it("does the main job with it", async () => {
    const project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${asGuest()}", models: "schema.sql" };`);
    project.write("migrations/versions/.gitkeep", "");
    project.write(
      "schema.sql",
      "CREATE TABLE todos (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), CHECK (id > 0));",
    );
    const written = await project.limbeck("revision --autogenerate -m one");
    expect(written).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("takes its place as scratch database"),
    });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    project.dispose();
  }, 240_000);

  /** What the catalogue says, without the tool's own table. */
  async function readCatalogue({ url }: PostgresDatabase): Promise<readonly string[]> {
    const connection = await postgres.connect(url);
    try {
      return (await dumpCatalogue(connection)).filter((line) => !/limbeck_(?:version|history)/.test(line));
    } finally {
      await connection.close();
    }
  }

  async function expectOk(project: TestProject, line: string): Promise<void> {
    const { exitCode, stderr } = await project.limbeck(line);
    expect({ line, exitCode, problem: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, problem: "" });
  }

  it("has what is new in it pulled into models, which make the same in an empty database", async () => {
    const ddl = readFileSync(join(import.meta.dirname, "everything-18.sql"), "utf8");
    const [database, other] = [
      await createPostgresDatabaseOn(server.url, ddl),
      await createPostgresDatabaseOn(server.url),
    ];
    const project = createTestProject();
    const models = 'models: () => import("./app/models.ts")';
    project.write("limbeck.config.ts", `export default { url: "${database.url}", ${models} };\n`);
    project.write("migrations/versions/.gitkeep", "");
    const wanted = await readCatalogue(database);
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0, data: { unmanaged: [] } });
    await expectOk(project, "check");
    await expectOk(project, `upgrade head --url ${other.url}`);
    expect(await readCatalogue(other)).toEqual(wanted);
    project.dispose();
    await database.drop();
    await other.drop();
  }, 240_000);

  it("changes what is new in it, and keeps values", async () => {
    const before = `CREATE TABLE lines (id int PRIMARY KEY, price int NOT NULL, doubled int GENERATED ALWAYS AS (price * 2) VIRTUAL,
      tripled int GENERATED ALWAYS AS (price * 3) VIRTUAL, CONSTRAINT cheap CHECK (price < 100) NOT ENFORCED);`;
    const after = `CREATE TABLE lines (id int PRIMARY KEY, price int, doubled int,
      tripled int GENERATED ALWAYS AS (price * 3) STORED, CONSTRAINT cheap CHECK (price < 100));
      ALTER TABLE lines ADD CONSTRAINT priced NOT NULL price NOT VALID;`;
    const database = await createPostgresDatabaseOn(server.url, before, "INSERT INTO lines (id, price) VALUES (1, 7)");
    const project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    project.write("migrations/versions/.gitkeep", "");
    project.write("schema.sql", after);
    const catalogue = await readCatalogue(database);
    await expectOk(project, "revision --autogenerate -m change");
    await expectOk(project, "upgrade head");
    await expectOk(project, "check");
    expect(await database.rows("SELECT doubled, tripled FROM lines")).toEqual([{ doubled: 14, tripled: 21 }]);
    await expectOk(project, "downgrade base --allow-data-loss");
    expect(await readCatalogue(database)).toEqual(catalogue);
    expect(await database.rows("SELECT doubled, tripled FROM lines")).toEqual([{ doubled: 14, tripled: 21 }]);
    project.dispose();
    await database.drop();
  }, 240_000);
});
