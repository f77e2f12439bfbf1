import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkLimbeck } from "../tools/link-limbeck.ts";
import { openWorkshop } from "../tools/walkthrough/create-project.ts";

const TSC = fileURLToPath(new URL("../node_modules/.bin/tsc", import.meta.url));

const writeTable = (name: string): string => `import { integer, table, text } from "limbeck/schema";

export const ${name} = table("${name}", { id: integer().primaryKey().autoIncrement(), title: text().notNull() });
`;

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-template-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** No registry is asked: everything comes from here. */
const OFFLINE = {
  npm_config_offline: "true",
  npm_config_legacy_peer_deps: "true",
  npm_config_update_notifier: "false",
};

/** Runs a command line as a user types it; stdout and stderr together. Fails when it does not end well. */
function type(line: string, cwd = folder): string {
  const path = [join(folder, "node_modules/.bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const { stdout, stderr, status } = spawnSync("sh", ["-c", line], {
    cwd,
    env: { ...process.env, ...OFFLINE, PATH: path, CI: "true", NO_COLOR: "1", DATABASE_URL: undefined },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${line} ended with ${status}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

describe("a project for several databases", () => {
  it("has scripts that need no -x, one of which upgrades all, and a config with types", () => {
    linkLimbeck(folder);
    const told = type("limbeck init --template multi-database");
    const scripts =
      told
        .match(/^ {4}"\w+": "[^"]*",$/gm)
        ?.join("\n")
        .replace(/,$/, "") ?? "";
    write("package.json", `{ "name": "shop", "private": true, "type": "module", "scripts": {\n${scripts}\n} }`);
    write("limbeck.config.ts", read("limbeck.config.ts").replaceAll("// models", "models"));
    write("app/main-models.ts", writeTable("todos"));
    write("app/audit-models.ts", writeTable("events"));
    for (const name of ["main", "audit"]) type(`npm run ${name} -- revision -m initial --autogenerate`);
    expect(type("npm run upgrade").match(/✔ 1 revision run/g)).toHaveLength(2);
    expect(type("npm run audit status")).toContain("agree with the database");
    const options = { module: "nodenext", strict: true, noEmit: true, skipLibCheck: true, types: [] };
    const compilerOptions = { ...options, allowImportingTsExtensions: true };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["limbeck.config.ts", "app"] }));
    expect(type(`${TSC} -p .`)).toBe("");
    write("limbeck.config.ts", read("limbeck.config.ts").replace("migrations:", "migration:"));
    expect(() => type(`${TSC} -p .`)).toThrow("'migration' does not exist");
  });
});

describe("a package of a monorepo", () => {
  it("is a workspace whose models an application imports", () => {
    const workshop = openWorkshop();
    try {
      write("package.json", `{ "name": "@acme/shop", "private": true, "workspaces": ["packages/*"] }`);
      type(`npm install ${workshop.tarball}`);
      const told = type("limbeck init --template package");
      const [next = "", ...others] = /Next: ([^]*)$/.exec(told)?.[1]?.trim().split(/\n */) ?? [];
      expect([next, ...others]).toEqual([
        "npm install",
        "cd packages/database",
        'limbeck revision -m "initial" --autogenerate',
      ]);
      write("packages/database/src/models.ts", writeTable("todos"));
      expect(type([next, ...others].join(" && "))).toContain("✔ Proven on a scratch database");
      const database = join(folder, "packages/database");
      expect(type("npm run upgrade", database)).toContain("✔ 1 revision run");
      expect(type("npm run check", database)).toContain("The models and the database agree");
      expect(type("limbeck downgrade base && limbeck upgrade head", database)).toContain("✔ 1 revision run");
      expect(type(`${TSC} -p .`, database)).toBe("");
      write(
        "packages/app/list.ts",
        `import { DatabaseSync } from "node:sqlite";
import * as models from "@acme/database";
const rows = new DatabaseSync("packages/database/app.db").prepare(\`SELECT title FROM \${models.todos.name}\`).all();
console.log("rows:", rows.length);
`,
      );
      expect(type(`node packages/app/list.ts`)).toContain("rows: 0");
    } finally {
      workshop.remove();
    }
  });
});
