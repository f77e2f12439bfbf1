import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerNotice } from "../../src/dialect/dialect.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject } from "../cli/test-project.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
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
});
