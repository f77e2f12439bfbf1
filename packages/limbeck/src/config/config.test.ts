import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig, type LoadConfigOptions } from "./load-config.ts";
import { loadModels } from "./load-models.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-config-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const load = (options: Partial<LoadConfigOptions> = {}): Promise<ResolvedConfig> =>
  loadConfig({ cwd: folder, env: {}, ...options });

const schemaEntry = join(import.meta.dirname, "../schema.ts");

describe("loadConfig", () => {
  it("fills in what the config leaves out, with absolute paths", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db" };` });
    expect(await load()).toMatchObject({
      path: join(folder, "limbeck.config.ts"),
      url: "sqlite:a.db",
      urlSource: "config",
      urlFolder: folder,
      versionLocations: [join(folder, "migrations", "versions")],
      recursiveVersionLocations: false,
      postWriteHooks: [],
      versionTable: "limbeck_version",
      idStyle: "random",
    });
  });

  it("is found from a folder below, up to the package's root and not beyond", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db" };`, "a/b/keep": "", "package.json": "{}" });
    expect((await load({ cwd: join(folder, "a", "b") })).path).toBe(join(folder, "limbeck.config.ts"));
    write({ "a/package.json": "{}" });
    await expect(load({ cwd: join(folder, "a", "b") })).rejects.toMatchObject({ reason: "configMissing" });
  });

  it("takes the URL from the flag, then the environment, then .env, then the config", async () => {
    write({
      "limbeck.config.ts": `export default { url: "sqlite:config.db" };`,
      ".env": "DATABASE_URL=sqlite:file.db\n",
    });
    expect(await load()).toMatchObject({ url: "sqlite:file.db", urlSource: ".env" });
    const env = { DATABASE_URL: "sqlite:environment.db" };
    expect(await load({ env })).toMatchObject({ url: "sqlite:environment.db", urlSource: "DATABASE_URL" });
    expect(await load({ env, url: "sqlite:flag.db" })).toMatchObject({ url: "sqlite:flag.db", urlSource: "--url" });
  });

  it("takes the URL from the variable that the config names, and from no other", async () => {
    write({
      "limbeck.config.ts": `export default { url: "sqlite:config.db", urlVariable: "AUDIT_URL" };`,
      ".env": "DATABASE_URL=sqlite:other.db\n",
    });
    const env = { DATABASE_URL: "sqlite:another.db" };
    expect(await load({ env })).toMatchObject({ url: "sqlite:config.db", urlSource: "config" });
    const audit = { ...env, AUDIT_URL: "sqlite:audit.db" };
    expect(await load({ env: audit })).toMatchObject({ url: "sqlite:audit.db", urlSource: "AUDIT_URL" });
    write({ ".env": "AUDIT_URL=sqlite:file.db\n" });
    expect(await load({ env })).toMatchObject({ url: "sqlite:file.db", urlSource: ".env" });
    write({ "limbeck.config.ts": `export default { urlVariable: "NO_URL" };` });
    await expect(load({ env })).rejects.toMatchObject({
      reason: "urlMissing",
      why: expect.stringContaining("no NO_URL in the environment"),
    });
  });

  it("takes the one of several databases that -x names, with what they share", async () => {
    write({
      "limbeck.config.ts": `export default {
  timezone: "UTC",
  slugLength: 20,
  databases: {
    main: { url: "sqlite:main.db", migrations: "migrations/main", slugLength: 10 },
    audit: { urlVariable: "AUDIT_URL", migrations: "migrations/audit" },
    "work-log": {},
    wrong: { url: "sqlite:x.db", slugLenght: 1 },
    nested: { databases: { inner: { url: "sqlite:x.db" } } },
  },
};`,
    });
    // One variable cannot name several databases.
    const env = {
      DATABASE_URL: "sqlite:environment.db",
      AUDIT_URL: "sqlite:audit.db",
      WORK_LOG_DATABASE_URL: "sqlite:w.db",
    };
    expect(await load({ env, x: { db: "main" } })).toMatchObject({
      url: "sqlite:main.db",
      migrationsFolder: join(folder, "migrations/main"),
      slugLength: 10,
      timezone: "UTC",
    });
    expect(await load({ env, x: { db: "audit" } })).toMatchObject({
      url: "sqlite:audit.db",
      urlSource: "AUDIT_URL",
      migrationsFolder: join(folder, "migrations/audit"),
      slugLength: 20,
    });
    expect(await load({ env, x: { db: "work-log" } })).toMatchObject({ url: "sqlite:w.db" });
    await expect(load({ x: { db: "work-log" } })).rejects.toMatchObject({
      reason: "urlMissing",
      context: { variable: "WORK_LOG_DATABASE_URL" },
    });
    const names = ["main", "audit", "work-log", "wrong", "nested"];
    await expect(load({ env })).rejects.toMatchObject({ reason: "databaseNotChosen", context: { names } });
    await expect(load({ env, x: { db: "adit" } })).rejects.toMatchObject({
      reason: "databaseUnknown",
      context: { similar: "audit" },
    });
    await expect(load({ x: { db: "constructor" } })).rejects.toMatchObject({ reason: "databaseUnknown" });
    await expect(load({ x: { db: "wrong" } })).rejects.toMatchObject({
      reason: "unknownKey",
      title: expect.stringContaining(':8:34: the config knows no "slugLenght"'),
    });
    await expect(load({ x: { db: "nested" } })).rejects.toMatchObject({ reason: "databaseNested" });
  });

  it("counts version locations from its folder, and knows the rest of what new files need", async () => {
    write({
      "db/limbeck.config.ts": `export default {
        url: "sqlite:a.db", versionLocations: ["versions", "../billing/versions"], recursiveVersionLocations: true,
        timezone: "Europe/Berlin", fileTemplate: "{year}/{slug}", postWriteHooks: ["prettier", "oxfmt"].map((command) => ({ command })),
      };`,
    });
    expect(await load({ cwd: join(folder, "db") })).toMatchObject({
      versionLocations: [join(folder, "db/versions"), join(folder, "billing/versions")],
      recursiveVersionLocations: true,
      timezone: "Europe/Berlin",
      fileTemplate: "{year}/{slug}",
      postWriteHooks: [{ command: "prettier" }, { command: "oxfmt" }],
    });
  });

  it.each([
    ["versionLocations", "[]", "a list of folders"],
    ["databases", "{}", "a config for each database"],
    ["databases", "[{}]", "a config for each database"],
    ["versionLocations", `"versions"`, "a list of folders"],
    ["recursiveVersionLocations", `"yes"`, "true or false"],
    ["timezone", `"Middle/Earth"`, "IANA name"],
    ["urlVariable", `"MY URL"`, "name of a variable"],
    ["fileTemplate", `"{year}/{slug}"`, "recursiveVersionLocations: true"],
    ["postWriteHooks", `{ command: "x" }`, "found an object instead of a list"],
    ["postWriteHooks", `["prettier"]`, "found a string among the hooks"],
    ["postWriteHooks", `[{ command: "a && b" }]`, `in "a && b", "&" needs a shell, and there is none`],
    ["postWriteHooks", `[{ command: 'a "b' }]`, "a quotation mark or a backslash is open"],
    ["postWriteHooks", `[{ command: [] }]`, "an empty command"],
    ["postWriteHooks", `[{ command: " " }]`, "an empty command"],
    ["postWriteHooks", `[{ command: ["a", 1] }]`, "neither a text nor a list of texts"],
    ["postWriteHooks", `[{ command: "a", options: "b" }]`, `a hook with "options"`],
    ["postWriteHooks", `[{ command: "a", cwd: 1 }]`, "a cwd or a name that is no text"],
    ["postWriteHooks", `[() => {}, null]`, "null among the hooks"],
  ])("refuses %s: %s", async (key, value, why) => {
    write({ "limbeck.config.ts": `export default {\n  url: "sqlite:a.db",\n  ${key}: ${value},\n};` });
    await expect(load()).rejects.toMatchObject({
      reason: "invalidValue",
      title: `${join(folder, "limbeck.config.ts")}:3:3: ${key} in the config is not usable.`,
      why: expect.stringContaining(why),
    });
  });

  it("takes a connection instead of every URL but the one that was typed", async () => {
    write({
      "limbeck.config.ts": `export default { url: "sqlite:config.db", driver: "x", connection: async () => ({ mine: true }) };`,
      ".env": "DATABASE_URL=sqlite:file.db\n",
    });
    const env = { DATABASE_URL: "sqlite:environment.db" };
    expect(await load({ env })).toMatchObject({
      url: "",
      urlSource: "connection",
      connection: { mine: true },
      driver: "x",
    });
    const typed = await load({ env, url: "sqlite:flag.db" });
    expect(typed).toMatchObject({ url: "sqlite:flag.db", urlSource: "--url", driver: "x" });
    expect(typed.connection).toBeUndefined();
    const given = await load({ env, connection: { given: true } });
    expect(given).toMatchObject({ urlSource: "connection", connection: { given: true } });
  });

  it("needs no URL beside a connection, and says where that one fails", async () => {
    write({ "limbeck.config.ts": `export default {\n  connection: () => { throw new Error("no server"); },\n};` });
    await expect(load()).rejects.toMatchObject({
      reason: "configBroken",
      title: `${join(folder, "limbeck.config.ts")}:2:29: no server`,
    });
    write({ "limbeck.config.ts": `export default { connection: () => "sqlite:a.db" };` });
    await expect(load()).rejects.toMatchObject({ reason: "invalidValue", context: { key: "connection" } });
    write({ "limbeck.config.ts": `export default { connection: {} };` });
    await expect(load()).rejects.toMatchObject({ reason: "invalidValue", context: { found: "object" } });
  });

  it("gives a config that is a function the environment with .env, and -x", async () => {
    write({
      "limbeck.config.ts": `export default ({ env, x }) => ({ url: "sqlite:" + env.NAME + "-" + env.SECOND + "-" + x.tenant });`,
      ".env": "NAME=first\nSECOND=second\n",
    });
    const { url } = await load({ env: { NAME: "real" }, x: { tenant: "t1" } });
    expect(url).toBe("sqlite:real-second-t1");
    expect(process.env["SECOND"]).toBeUndefined();
  });

  it("names the line of a key that means nothing, and the one that was meant", async () => {
    write({ "limbeck.config.ts": `export default {\n  url: "sqlite:a.db",\n  migratons: "m",\n};` });
    await expect(load()).rejects.toMatchObject({
      reason: "unknownKey",
      title: `${join(folder, "limbeck.config.ts")}:3:3: the config knows no "migratons".`,
      context: { similar: "migrations" },
    });
  });

  it("does not take a comment or a text for the key", async () => {
    const text = `// migratons: "a"\nexport default {\n  url: "migratons: b", /* migratons: c */\n  "migratons": "m",\n};`;
    write({ "limbeck.config.ts": text });
    await expect(load()).rejects.toMatchObject({ reason: "unknownKey", context: { location: { line: 4, column: 3 } } });
  });

  it("names a value of the wrong kind", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db", slugLength: "ten" };` });
    await expect(load()).rejects.toMatchObject({
      reason: "invalidValue",
      context: { key: "slugLength", found: '"ten"' },
    });
  });

  it("calls an array what it is", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db", slugLength: [1] };` });
    await expect(load()).rejects.toMatchObject({ reason: "invalidValue", context: { found: "array" } });
  });

  it.each([
    ["unknownKey", `connexion: { password: "topsecret" }`],
    ["invalidValue", `slugLength: "ten", connection: () => open({ authToken: 'topsecret' })`],
    ["configBroken", "connection: { password: `topsecret` }, url: nowhere"],
    ["configBroken", `connection: { password: "topsecret" 1 }`],
  ])("shows no secret of the line that it quotes: %s of %s", async (reason, line) => {
    write({ "limbeck.config.ts": `export default {\n  ${line},\n};` });
    const error: unknown = await load().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason, why: expect.stringMatching(/\n {2}2 \| .*\*{9}.*\n +\| +\^$/) });
    expect(JSON.stringify(error)).not.toContain("topsecret");
  });

  it("names the line of a syntax error", async () => {
    write({ "limbeck.config.ts": `export default {\n  url: "sqlite:a.db"\n  models: 1,\n};` });
    await expect(load()).rejects.toMatchObject({ reason: "configBroken", context: { location: { line: 3 } } });
  });

  it("says what is wrong when there is no default export, no URL, or no file", async () => {
    write({ "limbeck.config.ts": `export const url = "sqlite:a.db";` });
    await expect(load()).rejects.toMatchObject({ reason: "noDefaultExport" });
    write({ "limbeck.config.ts": "export default {};" });
    await expect(load()).rejects.toMatchObject({ reason: "urlMissing" });
    await expect(load({ configPath: "other.ts" })).rejects.toMatchObject({ reason: "configNotFound" });
  });

  it("refuses an empty --url instead of taking the database of the config", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db" };` });
    await expect(load({ url: "" })).rejects.toMatchObject({ reason: "urlEmpty" });
  });

  it("sees a config that has changed since it was loaded", async () => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:one.db" };` });
    expect((await load()).url).toBe("sqlite:one.db");
    write({ "limbeck.config.ts": `export default { url: "sqlite:two.db" };` });
    expect((await load()).url).toBe("sqlite:two.db");
  });
});

async function listNames(config: ResolvedConfig): Promise<readonly string[]> {
  const loaded = await loadModels(config);
  return loaded.kind === "limbeck" ? loaded.models.map((model) => ("name" in model ? model.name : "")) : [];
}

describe("loadModels", () => {
  const withModels = async (models: string, files: Readonly<Record<string, string>>): Promise<ResolvedConfig> => {
    write({ "limbeck.config.ts": `export default { url: "sqlite:a.db", models: ${models} };`, ...files });
    return load();
  };

  it("finds the tables that a module exports, alone, in lists and in objects, each once", async () => {
    const config = await withModels(`() => import("./models.ts")`, {
      "models.ts": `
        import { integer, table } from ${JSON.stringify(schemaEntry)};
        export const a = table("a", { id: integer() });
        export const more = [table("b", { id: integer() }), { c: table("c", { id: integer() }) }];
        export default a;
        export const version = 3;`,
    });
    const names = await listNames(config);
    expect(names.toSorted()).toEqual(["a", "b", "c"]);
  });

  it("looks into each object once, and not into what is no list or plain object", async () => {
    const config = await withModels(`() => import("./models.ts")`, {
      "models.ts": `
        import { integer, table } from ${JSON.stringify(schemaEntry)};
        const a = table("a", { id: integer() });
        // Every level is reached twice from the one above: a million ways lead to the table.
        export let many: object = { a };
        for (let level = 0; level < 20; level += 1) many = { left: many, right: many };
        export const app = new (class { readonly inner = table("hidden", { id: integer() }); })();`,
    });
    expect(await listNames(config)).toEqual(["a"]);
  });

  it("refuses a module without tables, and says what it exports", async () => {
    const config = await withModels(`() => import("./models.ts")`, {
      "models.ts": "export const todo = 1; export function f() {}",
    });
    await expect(loadModels(config)).rejects.toMatchObject({ reason: "noModels", context: { exports: ["f", "todo"] } });
  });

  it("refuses two tables of one name", async () => {
    const config = await withModels(`() => import("./models.ts")`, {
      "models.ts": `
        import { integer, table } from ${JSON.stringify(schemaEntry)};
        export const a = table("todos", { id: integer() });
        export const b = table("todos", { id: integer() });`,
    });
    await expect(loadModels(config)).rejects.toMatchObject({
      reason: "duplicateModel",
      context: { places: ["a", "b"] },
    });
  });

  it("names the line of a models file that throws", async () => {
    const config = await withModels(`() => import("./models.ts")`, {
      "models.ts": `export const a = 1;\nthrow new Error("not today");\n`,
    });
    await expect(loadModels(config)).rejects.toMatchObject({
      reason: "modelsBroken",
      context: { message: "not today", location: { path: join(folder, "models.ts"), line: 2 } },
    });
  });
});
