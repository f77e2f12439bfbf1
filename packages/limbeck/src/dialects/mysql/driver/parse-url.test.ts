import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changeDatabase, readTarget, redactUrl, renderClientOptions } from "./parse-url.ts";

describe("readTarget", () => {
  it("reads host, port, login and database, percent signs decoded", () => {
    expect(readTarget("mysql://m%40e:p%3A%2Fw:x@db.example:3307/my%20app")).toEqual({
      host: "db.example",
      port: 3307,
      socket: undefined,
      user: "m@e",
      password: "p:/w:x",
      database: "my app",
      tls: undefined,
    });
  });

  it("takes the local server where nothing is said", () => {
    expect(readTarget("mariadb:///app")).toMatchObject({ host: "localhost", port: 3306, password: undefined });
    expect(readTarget("mariadb://root:@/app")).toMatchObject({ user: "root", password: "" });
    expect(readTarget("mysql://[::1]:3308/app")).toMatchObject({ host: "::1", port: 3308 });
  });

  it.each(["socket", "socketPath", "unix_socket"])("knows a socket as %s", (parameter) => {
    expect(readTarget(`mysql://root@/app?${parameter}=/run/mysqld/mysqld.sock`)).toMatchObject({
      socket: "/run/mysqld/mysqld.sock",
    });
  });

  it.each([
    ["disabled", undefined],
    ["REQUIRED", { rejectUnauthorized: false, verifyIdentity: false }],
    ["verify-ca", { rejectUnauthorized: true, verifyIdentity: false }],
    ["VERIFY_IDENTITY", { rejectUnauthorized: true, verifyIdentity: true }],
  ])("encrypts with ssl-mode=%s", (mode, tls) => {
    expect(readTarget(`mysql://h/app?ssl-mode=${mode}`).tls).toEqual(tls);
  });

  it("reads certificates, and trusts nobody else then", () => {
    const folder = mkdtempSync(join(tmpdir(), "limbeck-tls-"));
    try {
      writeFileSync(join(folder, "ca.pem"), "CA");
      expect(readTarget(`mysql://h/app?ssl-ca=${join(folder, "ca.pem")}`).tls).toEqual({
        ca: "CA",
        rejectUnauthorized: true,
        verifyIdentity: false,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what is shown of a URL", () => {
  it.each(["mariadb://me:to@psecret@h:1/app", "mariadb://me:12/psecret@h:1/app"])(
    "is nothing of a password whose signs are not escaped: %s",
    (url) => {
      for (const read of [readTarget, redactUrl]) {
        expect(() => read(url)).toThrow(/%40.*# %23/);
        expect(() => read(url)).not.toThrow(/psecret/);
      }
    },
  );

  it("never holds a password", () => {
    expect(redactUrl("mysql://me:s3cret@h:1/app?ssl-mode=required")).toBe("mysql://me:***@h:1/app?ssl-mode=required");
    expect(redactUrl("mysql://me@h/app?password=s3cret")).toBe("mysql://me@h/app?password=***");
    expect(renderClientOptions(readTarget("mysql://me:s3cret@h/app"))).toBe(" -h h -P 3306 -u me");
  });

  it("may lead to another database", () => {
    expect(changeDatabase("mysql://me:p@h/app?ssl-mode=required", "a b")).toBe(
      "mysql://me:p@h/a%20b?ssl-mode=required",
    );
  });
});
