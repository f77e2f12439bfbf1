import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createTestProject } from "../cli/test-project.ts";
import { startOwnMariadbServer, type OwnMariadbServer } from "../support/own-mariadb-server.ts";
import { runMainJob } from "../support/run-main-job.ts";

const SECRET = "x y@z";

let server: OwnMariadbServer;
let admin: Connection;

/** A certificate of a name, from an authority or from itself. */
function issue(folder: string, name: string, subject: string, authority?: string): void {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", `${name}.key`];
  const issuer = authority === undefined ? [] : ["-CA", `${authority}.crt`, "-CAkey", `${authority}.key`];
  const names = authority === undefined ? [] : ["-addext", `subjectAltName=DNS:${subject}`];
  const args = [
    "req",
    "-x509",
    ...key,
    "-subj",
    `/CN=${subject}`,
    "-days",
    "2",
    ...names,
    ...issuer,
    "-out",
    `${name}.crt`,
  ];
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
}

beforeAll(async () => {
  server = await startOwnMariadbServer((folder) => {
    issue(folder, "authority", "an authority");
    issue(folder, "stranger", "a stranger");
    issue(folder, "server", "localhost", "authority");
    return [
      "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT",
      "--event-scheduler=ON",
      "--default-time-zone=+05:00",
      `--ssl-cert=${join(folder, "server.crt")}`,
      `--ssl-key=${join(folder, "server.key")}`,
    ];
  });
  admin = await mysql.connect(`mysql://root@/mysql?socket=${server.socket}`);
  await admin.execute("CREATE DATABASE app");
  await admin.execute(`CREATE USER coded@'%' IDENTIFIED BY '${SECRET}' REQUIRE SSL`);
  await admin.execute("GRANT ALL ON *.* TO coded@'%'");
}, 120_000);

afterAll(async () => {
  await admin.close();
  await server.stop();
});

describe.each(["mysql2", "mariadb"])("the way to a server through %s", (driver) => {
  const open = async (host: string, query: string): Promise<unknown> => {
    const url = `mysql://coded:${encodeURIComponent(SECRET)}@${host}:${server.port}/app${query}`;
    const connection = await mysql.connect(url, { driver });
    try {
      const [row] = await connection.query("SHOW STATUS LIKE 'Ssl_cipher'");
      return row?.["Value"] === "" ? "plain" : "encrypted";
    } finally {
      await connection.close();
    }
  };
  const ca = (name: string): string => `ssl-ca=${join(server.folder, `${name}.crt`)}`;

  it("is encrypted where the URL asks for it", async () => {
    await expect(open("localhost", "")).rejects.toMatchObject({ code: "LB0622" });
    expect(await open("127.0.0.1", "?ssl-mode=required")).toBe("encrypted");
    expect(await open("127.0.0.1", `?${ca("authority")}`)).toBe("encrypted");
    expect(await open("localhost", `?ssl-mode=verify_identity&${ca("authority")}`)).toBe("encrypted");
  });

  it("is not taken where the certificate is another one", async () => {
    await expect(open("localhost", `?${ca("stranger")}`)).rejects.toMatchObject({ code: "LB0624" });
    await expect(open("localhost", "?ssl-mode=verify_ca")).rejects.toMatchObject({ code: "LB0624" });
    await expect(open("127.0.0.1", `?ssl-mode=verify_identity&${ca("authority")}`)).rejects.toMatchObject({
      code: driver === "mysql2" ? "LB0640" : "LB0624",
    });
  });

  it("is a socket, and the main job is done there whatever the modes of the server", { timeout: 60_000 }, async () => {
    await admin.execute("CREATE OR REPLACE DATABASE app");
    const url = `mysql://root@/app?socket=${server.socket}`;
    const read = async (_: unknown, sql: string) => {
      const connection = await mysql.connect(url);
      return connection.query(sql).finally(() => void connection.close());
    };
    const tables = "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";
    expect(await runMainJob({ config: `url: "${url}", driver: "${driver}"`, read, tables })).toBe("done");
  });
});

describe("events of a server that carries them out", () => {
  it("happen in the database, and never on a scratch database", async () => {
    await admin.execute("CREATE OR REPLACE DATABASE app");
    await admin.execute("CREATE TABLE app.seen (db varchar(99), UNIQUE (db))");
    const project = createTestProject();
    project.write(
      "limbeck.config.ts",
      `export default { url: "mysql://root@/app?socket=${server.socket}", models: () => import("./models.ts") };\n`,
    );
    project.write("migrations/versions/.gitkeep", "");
    // Wherever it happens, it tells the same table.
    project.write(
      "models.ts",
      `import { definedObject, table, varchar, unique } from "limbeck/schema";
       export const seen = table("seen", { db: varchar(99) }, [unique(["db"], { name: "db" })]);
       export const tell = definedObject("event", "tell", "CREATE EVENT tell ON SCHEDULE EVERY 1 SECOND DO INSERT IGNORE INTO app.seen SELECT DATABASE()");`,
    );
    for (const line of ["revision --autogenerate -m tell --rev-id a1", "upgrade head"]) {
      expect({ line, ...(await project.limbeck(line)) }).toMatchObject({ line, exitCode: 0 });
    }
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0, data: { changes: [] } });
    await wait(2500);
    expect(await admin.query("SELECT db FROM app.seen")).toEqual([{ db: "app" }]);
    project.dispose();
  });
});
