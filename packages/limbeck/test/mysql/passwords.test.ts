import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const SECRET = "s3cret-w0rd";

const check = requireMariadb();

let database: MariadbDatabase;
let user: string;
let url: string;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  user = `limbeck_${randomBytes(6).toString("hex")}`;
  await database.run(
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${SECRET}'`,
    `GRANT ALL ON \`${database.name}\`.* TO '${user}'@'%'`,
  );
  url = database.url.replace(/\/\/[^@]*@/, `//${user}@`);
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.run(`DROP USER '${user}'@'%'`);
  await database.drop();
});

const configure = (rest: string): void =>
  project.write("limbeck.config.ts", `export default { url: "${url}", ${rest} };\n`);

const current = async (env: Readonly<Record<string, string>> = {}) => {
  const run = await project.limbeck("current", { env });
  expect(JSON.stringify(run)).not.toContain(SECRET);
  return run;
};

describe.each(["mysql2", "mariadb"])("the password of a server, through %s", (driver) => {
  it("comes from a file that the config names", async () => {
    configure(`driver: "${driver}", passwordFile: "secrets/db"`);
    project.write("secrets/db", `${SECRET}\n`);
    expect(await current()).toMatchObject({ exitCode: 0 });
    project.write("secrets/db", "wrong");
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Access denied") });
    project.remove("secrets/db");
    expect(await current()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0646") });
  });

  it("comes from a program that the config names", async () => {
    configure(`driver: "${driver}", passwordCommand: "node print.mjs"`);
    project.write("print.mjs", `console.log("${SECRET}");`);
    expect(await current({ PATH: process.env["PATH"] ?? "" })).toMatchObject({ exitCode: 0 });
  });

  it("comes from the variable of the vendor's clients, and from the URL before all", async () => {
    configure(`driver: "${driver}"`);
    expect(await current()).toMatchObject({ exitCode: 2 });
    expect(await current({ MYSQL_PWD: SECRET })).toMatchObject({ exitCode: 0 });
    url = url.replace("@", `:${SECRET}@`);
    configure(`driver: "${driver}"`);
    expect(await current({ MYSQL_PWD: "wrong" })).toMatchObject({ exitCode: 0 });
  });
});
