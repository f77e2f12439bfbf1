import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

/** A way to a server that breaks when the first COMMIT has been handed on, and before its answer. */
async function startBreakingProxy(serverPort: number): Promise<Server> {
  const proxy = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1").on("error", () => undefined);
    let isBroken = false;
    client.on("error", () => undefined);
    client.on("data", (chunk) => {
      isBroken ||= chunk.includes("COMMIT");
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      // What comes now is the answer: it has been done.
      if (isBroken) client.destroy();
      else client.write(chunk);
    });
    client.on("close", () => server.end());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return proxy;
}

describe.each(["pg", "postgres"])("a connection that is lost with the answer to a COMMIT, through %s", (driver) => {
  let database: PostgresDatabase;
  let project: TestProject;
  let proxy: Server;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    const url = new URL(database.url);
    proxy = await startBreakingProxy(Number(url.port || "5432"));
    // A listener on a port has an address of this kind.
    url.port = String((proxy.address() as AddressInfo).port);
    project.write("limbeck.config.ts", `export default { url: "${url.href}", driver: "${driver}" };\n`);
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("todos", { id: integer().primaryKey() });`,
      down: `await op.dropTable("todos");`,
    });
  });
  afterEach(async () => {
    proxy.close();
    project.dispose();
    await database.drop();
  });

  it("does not count as rolled back", async () => {
    const run = await project.limbeckJson("upgrade head");
    expect(run).toMatchObject({ exitCode: 7, error: { code: "LB0715", fix: ["limbeck current"] } });
    expect(JSON.stringify(run["error"])).not.toMatch(/rolled back|[Nn]othing of this/);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
  });
});
