import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
import { findSystemBinaries } from "../support/postgres-binaries.ts";

const SECRET = "s3cret-w0rd";
const OTHER_SECRET = "0ther-w0rd";

/** `plain` may not come encrypted, `encrypted` only so, and with a password; `certified` shows a certificate. */
const HBA = `local all all trust
hostnossl all plain 127.0.0.1/32 trust
hostssl all encrypted 127.0.0.1/32 scram-sha-256
hostssl all certified 127.0.0.1/32 cert
host all postgres 127.0.0.1/32 trust
`;

let server: OwnServer;
let folder: string;

const openssl = (...args: readonly string[]): void => {
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
};

/** A certificate of a name, from an authority or from itself. */
function issue(name: string, subject: string, authority?: string): void {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", `${name}.key`];
  const issuer = authority === undefined ? [] : ["-CA", `${authority}.crt`, "-CAkey", `${authority}.key`];
  const names = authority === undefined ? [] : ["-addext", `subjectAltName=DNS:${subject}`];
  openssl("req", "-x509", ...key, "-subj", `/CN=${subject}`, "-days", "2", ...names, ...issuer, "-out", `${name}.crt`);
}

beforeAll(async () => {
  const bin = findSystemBinaries();
  if (bin === undefined)
    throw new Error("these tests need the programs of a PostgreSQL server, from /usr/lib/postgresql");
  folder = mkdtempSync(join(tmpdir(), "limbeck-tls-"));
  issue("authority", "an authority");
  issue("stranger", "a stranger");
  issue("server", "localhost", "authority");
  issue("client", "certified", "authority");
  chmodSync(join(folder, "client.key"), 0o600);
  server = await startOwnServer({
    bin,
    hba: HBA,
    settings: { ssl: "on", ssl_ca_file: "authority.crt" },
    prepare: async (data) => {
      for (const name of ["server.crt", "server.key", "authority.crt"]) {
        copyFileSync(join(folder, name), join(data, name));
        chmodSync(join(data, name), 0o600);
        // The server's account owns the folder, and reads what it owns only.
        const { uid, gid } = statSync(data);
        chownSync(join(data, name), uid, gid);
      }
    },
  });
  const admin = await postgres.connect(server.url);
  await admin.execute("CREATE ROLE plain LOGIN");
  await admin.execute(`CREATE ROLE encrypted LOGIN PASSWORD '${SECRET}'`);
  await admin.execute("CREATE ROLE certified LOGIN");
  await admin.close();
}, 120_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe.each(["pg", "postgres"])("the way to a server through %s", (driver) => {
  /** What the server says of a session: whether it is encrypted; or why none came about. */
  async function reach(login: string, query: string, host = "localhost", env = {}): Promise<unknown> {
    const url = `postgres://${login}@${host}:${server.port}/postgres${query}`;
    try {
      const connection = await postgres.connect(url, { driver, env });
      const [row] = await connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      await connection.close();
      return row?.["ssl"] === true ? "encrypted" : "plain";
    } catch (error) {
      const shown = JSON.stringify([error, error instanceof Error ? [error.message, error.stack] : []]);
      if ([SECRET, OTHER_SECRET].some((secret) => shown.includes(secret)))
        throw new Error(`A password is shown: ${shown}`, { cause: error });
      return error;
    }
  }
  const root = (): string => `sslrootcert=${join(folder, "authority.crt")}`;

  it("is not encrypted on this machine, unless it is asked for", async () => {
    expect(await reach("postgres", "")).toBe("plain");
    expect(await reach("postgres", "?sslmode=disable")).toBe("plain");
    expect(await reach("postgres", "?sslmode=allow")).toBe("plain");
    for (const mode of ["prefer", "require", "no-verify"])
      expect(await reach("postgres", `?sslmode=${mode}`)).toBe("encrypted");
    expect(await reach("postgres", "?ssl=true")).toBe("encrypted");
    expect(await reach("postgres", "", "localhost", { PGSSLMODE: "require" })).toBe("encrypted");
  });

  it("is tried the other way where the mode leaves the choice, and the server does not", async () => {
    expect(await reach("plain", "?sslmode=prefer")).toBe("plain");
    expect(await reach("plain", "?sslmode=require")).toMatchObject({
      code: "LB0622",
      why: expect.stringContaining("pg_hba.conf"),
    });
    expect(await reach(`encrypted:${SECRET}`, "?sslmode=allow")).toBe("encrypted");
    expect(await reach(`encrypted:${SECRET}`, "?sslmode=disable")).toMatchObject({ code: "LB0622" });
  });

  it("verifies the authority and the name, each when it is asked for", async () => {
    const unknown = { code: "LB0643", why: expect.stringMatching(/self-signed|unable to (?:verify|get)/) };
    expect(await reach("postgres", "?sslmode=verify-full")).toMatchObject(unknown);
    expect(await reach("postgres", `?sslmode=verify-ca&sslrootcert=${join(folder, "stranger.crt")}`)).toMatchObject(
      unknown,
    );
    expect(await reach("postgres", `?sslmode=verify-full&${root()}`)).toBe("encrypted");
    // The certificate is made out to localhost.
    expect(await reach("postgres", `?sslmode=verify-full&${root()}`, "127.0.0.1")).toMatchObject({
      code: "LB0643",
      why: expect.stringContaining("127.0.0.1"),
    });
    expect(await reach("postgres", `?sslmode=verify-ca&${root()}`, "127.0.0.1")).toBe("encrypted");
    expect(await reach("postgres", `?sslmode=require&${root()}`, "127.0.0.1")).toBe("encrypted");
  });

  it("shows a certificate of its own", async () => {
    const own = `sslcert=${join(folder, "client.crt")}&sslkey=${join(folder, "client.key")}`;
    expect(await reach("certified", `?sslmode=require&${own}`)).toBe("encrypted");
    expect(await reach("certified", "?sslmode=require")).toMatchObject({ code: "LB0622" });
    expect(await reach("certified", "?sslmode=require&sslcert=/nowhere.crt")).toMatchObject({ code: "LB0641" });
  });

  it("binds the login to the way, where the driver can", async () => {
    const refused = expect.objectContaining({ code: "LB0640" });
    const bound = "?sslmode=require&channel_binding=require";
    expect(await reach(`encrypted:${SECRET}`, bound)).toEqual(driver === "pg" ? "encrypted" : refused);
    // Whoever is let in without a password has proved nothing.
    expect(await reach("postgres", bound)).toEqual(refused);
  });

  it("leads through a socket, which is never encrypted", async () => {
    const place = encodeURIComponent(server.folder);
    expect(await reach("postgres", "?sslmode=require", place)).toBe("plain");
    expect(await reach("postgres", `?host=${place}&sslmode=require`, "")).toBe("plain");
  });

  it("never shows a password, whatever goes wrong", async () => {
    const wrong = `encrypted:${OTHER_SECRET}`;
    expect(await reach(wrong, "?sslmode=require")).toMatchObject({
      code: "LB0622",
      why: expect.stringContaining("28P01"),
    });
    expect(await reach(`encrypted`, `?sslmode=require&password=${OTHER_SECRET}`)).toMatchObject({ code: "LB0622" });
    expect(await reach("encrypted", "?sslmode=require")).toMatchObject({ code: "LB0622" });
    expect(await reach(wrong, "?sslmode=require", "no-such-host.invalid")).toMatchObject({ code: "LB0631" });
    expect(await reach(`postgres:${SECRET}`, "?dbname=nowhere")).toMatchObject({ code: "LB0623" });
    expect(await reach(wrong, `?sslmode=verify-full&sslpassword=${SECRET}`)).toMatchObject({ code: "LB0643" });
    expect(await reach(wrong, "?sslmode=sometimes")).toMatchObject({ code: "LB0640" });
    expect(await reach(wrong, "?sslrotcert=a")).toMatchObject({ code: "LB0602" });
    // Not encoded, so that a part of it stands where the host, the database or a parameter should be.
    for (const login of [
      `me:${SECRET}@${SECRET}`,
      `me:${SECRET}/${SECRET}`,
      `me:${SECRET}?${SECRET}`,
      `me:12/${SECRET}`,
      `me:%${SECRET}`,
    ]) {
      expect(await reach(login, "")).toMatchObject({ code: expect.stringMatching(/^LB060[12]$/) });
    }
  });

  it("takes the password from the variables, or from a password file that is its owner's alone", async () => {
    expect(await reach("encrypted", "?sslmode=require", "localhost", { PGPASSWORD: SECRET })).toBe("encrypted");
    const passfile = join(folder, "pgpass");
    writeFileSync(
      passfile,
      `# a comment\nelsewhere:*:*:*:${OTHER_SECRET}\nlocalhost:*:post\\gres:encrypted:${SECRET}\n*:*:*:*:${OTHER_SECRET}\n`,
    );
    chmodSync(passfile, 0o600);
    expect(await reach("encrypted", "?sslmode=require", "localhost", { PGPASSFILE: passfile })).toBe("encrypted");
    expect(await reach("encrypted", `?sslmode=require&passfile=${passfile}`)).toBe("encrypted");
    expect(await reach("encrypted", `?sslmode=require&passfile=${passfile}`, "127.0.0.1")).toMatchObject({
      code: "LB0622",
    });
    chmodSync(passfile, 0o644);
    expect(await reach("encrypted", `?sslmode=require&passfile=${passfile}`)).toMatchObject({ code: "LB0642" });
  });
});
