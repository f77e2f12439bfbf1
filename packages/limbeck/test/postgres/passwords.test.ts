import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
import { findSystemBinaries } from "../support/postgres-binaries.ts";

const SECRET = "s3cret-w0rd";

let server: OwnServer;
let project: TestProject;

beforeAll(async () => {
  const bin = findSystemBinaries();
  if (bin === undefined)
    throw new Error("these tests need the programs of a PostgreSQL server, from /usr/lib/postgresql");
  server = await startOwnServer({
    bin,
    hba: "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
  });
  const { postgres } = await import("../../src/dialects/postgres/index.ts");
  const admin = await postgres.connect(
    `postgres://postgres@${encodeURIComponent(server.folder)}:${server.port}/postgres`,
  );
  await admin.execute(`ALTER ROLE postgres PASSWORD '${SECRET}'`);
  await admin.close();
}, 120_000);

afterAll(() => server.stop());

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

const configure = (rest: string): void =>
  project.write("limbeck.config.ts", `export default { url: "${server.url}", ${rest} };\n`);

const current = async (env: Readonly<Record<string, string>> = {}) => {
  const run = await project.limbeck("current", { env: { HOME: "/nowhere", ...env } });
  expect(JSON.stringify(run)).not.toContain(SECRET);
  return run;
};

describe("the password of a server", () => {
  it("comes from a file that the config names", async () => {
    configure(`passwordFile: "secrets/db"`);
    project.write("secrets/db", `${SECRET}\n`);
    expect(await current()).toMatchObject({ exitCode: 0 });
    project.write("secrets/db", "wrong");
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0622") });
    project.remove("secrets/db");
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0646") });
  });

  it("comes from a program that the config names, run in its folder, without a shell", async () => {
    const program = join(project.folder, "print.mjs");
    writeFileSync(
      program,
      `import { appendFileSync } from "node:fs";
      appendFileSync("runs", "x"); console.error("asking"); console.log(process.argv[2]);`,
    );
    configure(`passwordCommand: "node print.mjs ${SECRET}"`);
    const { PATH = "" } = process.env;
    expect(await current({ PATH })).toMatchObject({ exitCode: 0 });
    expect(project.read("runs")).toBe("x");
    writeFileSync(program, `console.log("${SECRET}"); process.exit(3);`);
    configure(`passwordCommand: "node print.mjs"`);
    expect(await current({ PATH })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/LB0646[^]*ended with exit code 3/),
    });
    configure(`passwordCommand: "no-such-program"`);
    expect(await current({ PATH })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0646") });
  });

  it("is not asked for where the URL holds one, or the server wants none", async () => {
    configure(`passwordCommand: "no-such-program"`);
    const url = server.url.replace("postgres@", `postgres:${SECRET}@`);
    const run = await project.limbeck(`current --url ${url}`);
    expect(run).toMatchObject({ exitCode: 0 });
    const socket = `postgres://postgres@${encodeURIComponent(server.folder)}:${server.port}/postgres`;
    expect(await project.limbeck(`current --url ${socket}`)).toMatchObject({ exitCode: 0 });
  });

  it("comes from PGPASSWORD, in the environment or in .env", async () => {
    configure("");
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0622") });
    expect(await current({ PGPASSWORD: SECRET })).toMatchObject({ exitCode: 0 });
    project.write(".env", `PGPASSWORD=${SECRET}\nDATABASE_URL=postgres://postgres@127.0.0.1:${server.port}/postgres\n`);
    project.write("limbeck.config.ts", "export default {};\n");
    expect(await current()).toMatchObject({ exitCode: 0 });
    expect(await current({ PGPASSWORD: "wrong" })).toMatchObject({ exitCode: 2 });
  });

  it("of another database, for a comparison, comes from .env too, and never from where the config's comes from", async () => {
    const socket = `postgres://postgres@${encodeURIComponent(server.folder)}:${server.port}/postgres`;
    project.write("limbeck.config.ts", `export default { url: "${socket}", passwordCommand: "touch asked" };\n`);
    const home = { env: { HOME: "/nowhere", PATH: process.env["PATH"] ?? "" } };
    expect(await project.limbeck(`diff database ${server.url}`, home)).toMatchObject({ exitCode: 2 });
    project.write(".env", `PGPASSWORD=${SECRET}\n`);
    expect(await project.limbeck(`diff database ${server.url}`, home)).toMatchObject({ exitCode: 0 });
    expect(project.has("asked")).toBe(false);
  });

  it("has one source", async () => {
    configure(`passwordFile: "a", passwordCommand: "b"`);
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("passwordCommand") });
    configure(`passwordCommand: "echo $SECRET | cat"`);
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("passwordCommand") });
  });
});
