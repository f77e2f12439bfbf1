import { describe, expect, it } from "vitest";
import { resolveSettings, type Variables } from "./resolve-settings.ts";

const resolve = (url: string, env: Variables = {}) => resolveSettings(url, { env: { HOME: "/nowhere", ...env } });

const FULL: Variables = {
  PGHOST: "db.example",
  PGPORT: "6000",
  PGUSER: "ann",
  PGDATABASE: "todo",
  PGAPPNAME: "workshop",
  PGCONNECT_TIMEOUT: "3",
  PGOPTIONS: "-c search_path=app",
  PGSSLMODE: "disable",
};

describe("resolveSettings", () => {
  it("takes what the URL says, decoded", async () => {
    const settings = resolve("postgresql://a%40b:p%3Aq@db.example:6432/my%20app?application_name=x&connect_timeout=0");
    expect(settings).toMatchObject({
      host: "db.example",
      port: 6432,
      user: "a@b",
      database: "my app",
      applicationName: "x",
      connectTimeout: 0,
    });
    expect(await settings.readPassword()).toBe("p:q");
  });

  it("takes a plus sign for itself in parameters too, as libpq does", async () => {
    const settings = resolve("postgres://h/a?password=p+q%2Br&options=-c%20x%3D1+1&application_name=a=b");
    expect(settings).toMatchObject({ options: "-c x=1+1", applicationName: "a=b" });
    expect(await settings.readPassword()).toBe("p+q+r");
    expect(() => resolve("postgres://me:a@b@h/app")).toThrow(/%40.*# %23/);
    expect(() => resolve("postgres://h/a?password=100%")).toThrow(expect.objectContaining({ code: "LB0601" }));
  });

  it("takes the schema that Prisma names in a URL for the path of names", () => {
    const findOptions = (query: string): string | undefined => resolve(`postgres://localhost/app?${query}`).options;
    expect(findOptions("schema=public&connection_limit=5&pool_timeout=10")).toBe('-c search_path="public"');
    expect(findOptions("schema=my%20%22app%22&options=-cgeqo%3Doff")).toBe(
      String.raw`-cgeqo=off -c search_path="my\ ""app"""`,
    );
  });

  it("takes what the URL leaves out from the variables of libpq, and else what is usual", () => {
    expect(resolve("postgres://", FULL)).toMatchObject({
      host: "db.example",
      port: 6000,
      user: "ann",
      database: "todo",
      applicationName: "workshop",
      connectTimeout: 3000,
      options: "-c search_path=app",
      tls: { mode: "disable" },
    });
    expect(resolve("postgres://bob@localhost", { PGUSER: "ann" })).toMatchObject({
      port: 5432,
      user: "bob",
      database: "bob",
      applicationName: "limbeck",
      connectTimeout: 15_000,
      options: undefined,
    });
  });

  it.each([
    ["postgres://u@/app?host=/var/run/postgresql", "/var/run/postgresql"],
    ["postgres://u@%2Fvar%2Frun%2Fpostgresql/app", "/var/run/postgresql"],
    ["postgres://u@[::1]:5432/app", "::1"],
    ["postgres://u@h/app?host=other", "other"],
  ])("finds the host of %s", (url, host) => {
    expect(resolve(url)).toMatchObject({ host, database: "app" });
  });

  it.each([
    ["postgres://u@localhost/a", "disable"],
    ["postgres://u@127.0.0.1/a", "disable"],
    ["postgres://u@[::1]/a", "disable"],
    ["postgres://u@/a?host=/tmp&sslmode=verify-full", "disable"],
    ["postgres://u@db.example/a", "prefer"],
    ["postgres://u@db.example/a?sslmode=require", "require"],
    ["postgres://u@db.example/a?ssl=true", "require"],
    ["postgres://u@db.example/a?sslmode=no-verify", "require"],
    ["postgres://u@db.example/a?sslrootcert=system", "verify-full"],
  ])("encrypts the way of %s: %s", (url, mode) => {
    expect(resolve(url).tls.mode).toBe(mode);
  });

  it("takes the password of the URL before that of the config, and that before the variable", async () => {
    const readPassword = (): Promise<string> => Promise.resolve("config");
    const ask = (url: string, surroundings: object): Promise<string> =>
      resolveSettings(url, { env: { HOME: "/nowhere", PGPASSWORD: "variable" }, ...surroundings }).readPassword();
    expect(await ask("postgres://u:url@h/a", { readPassword })).toBe("url");
    expect(await ask("postgres://u@h/a", { readPassword })).toBe("config");
    expect(await ask("postgres://u@h/a", {})).toBe("variable");
    expect(await ask("postgres://u@h/a", { env: { HOME: "/nowhere" } })).toBe("");
  });

  it.each([
    "postgres://u@h:port/a",
    "postgres:/u@h/a",
    "postgres://u:p@q@h/a",
    "postgres://u:p/q@h/a",
    "postgres://u:p?q@h/a",
    "postgres://u%@h/a",
  ])("refuses %s, which cannot be read, without showing it", (url) => {
    expect(() => resolve(url)).toThrow(
      expect.objectContaining({ title: expect.stringMatching(/^"postgres:\.\.\." /) }),
    );
  });

  it.each([
    ["?sslmod=require", "unknownUrlParameter"],
    ["?currentSchema=app", "unknownUrlParameter"],
    ["?sslmode=yes", "settingUnusable"],
    ["?sslnegotiation=later", "settingUnusable"],
    ["?channel_binding=maybe", "settingUnusable"],
    ["?connect_timeout=soon", "settingUnusable"],
    ["?target_session_attrs=read-write", "settingUnusable"],
    ["?gssencmode=require", "settingUnusable"],
    ["?client_encoding=LATIN1", "settingUnusable"],
    ["?host=a,b", "settingUnusable"],
    ["?port=70000", "settingUnusable"],
    ["?sslmode=require&sslrootcert=/nowhere/ca.crt", "settingFileUnreadable"],
  ])("refuses %s, which it could not keep", (query, reason) => {
    expect(() => resolve(`postgres://u@h/a${query}`)).toThrow(expect.objectContaining({ reason }));
  });

  it("takes what asks for what is so anyway", () => {
    expect(() =>
      resolve("postgres://u@h/a?client_encoding=utf8&gssencmode=prefer&target_session_attrs=any"),
    ).not.toThrow();
  });
});
