import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

/** Kept between runs; `make clean` deletes it with the rest of node_modules. */
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/bench-peers", import.meta.url));

const VERSIONS = {
  "drizzle-kit": "0.31.11",
  "drizzle-orm": "0.45.4",
  knex: "3.3.0",
  kysely: "0.29.9",
  "kysely-ctl": "0.21.0",
  "better-sqlite3": "13.2.0",
  typeorm: "0.3.31",
  pg: "8.23.0",
  mysql2: "3.24.6",
} as const;

const MANIFEST = `${JSON.stringify({ private: true, dependencies: VERSIONS }, undefined, 2)}\n`;

/** A command of another tool that does what a command of ours does. */
export interface PeerCommand {
  readonly name: string;
  /** `version`: says its version. `status`: says where the database stands. */
  readonly job: "version" | "status";
  readonly args: readonly string[];
  readonly cwd: string;
}

interface Peer {
  readonly name: "drizzle-kit" | "knex" | "kysely-ctl";
  /** In its package. */
  readonly bin: string;
  /** Files of a project with four migrations, in the format that the tool reads fastest. */
  readonly files: (database: string) => Readonly<Record<string, string>>;
  /** Brings the database to the newest migration. */
  readonly prepare: readonly (readonly string[])[];
  readonly version: readonly string[];
  readonly status: readonly string[];
}

const NUMBERS = [1, 2, 3, 4] as const;

const PEERS: readonly Peer[] = [
  {
    name: "drizzle-kit",
    bin: "bin.cjs",
    files: (database) => ({
      "drizzle.config.json": JSON.stringify({ dialect: "sqlite", out: "./drizzle", dbCredentials: { url: database } }),
      "drizzle/meta/_journal.json": JSON.stringify({
        version: "7",
        dialect: "sqlite",
        entries: NUMBERS.map((idx) => ({ idx, version: "6", when: idx, tag: `000${idx}_step`, breakpoints: true })),
      }),
      ...Object.fromEntries(
        NUMBERS.map((number) => [`drizzle/000${number}_step.sql`, `CREATE TABLE drizzle_${number} (id integer);\n`]),
      ),
    }),
    prepare: [["migrate", "--config", "drizzle.config.json"]],
    version: ["--version"],
    // It has no command that tells where a database stands; `migrate` with nothing to do comes nearest.
    status: ["migrate", "--config", "drizzle.config.json"],
  },
  {
    name: "knex",
    bin: "bin/cli.js",
    files: (database) => ({
      "knexfile.cjs": `module.exports = ${JSON.stringify({
        client: "better-sqlite3",
        connection: { filename: database },
        useNullAsDefault: true,
      })};\n`,
      ...Object.fromEntries(
        NUMBERS.map((number) => [
          `migrations/000${number}_step.cjs`,
          `exports.up = (knex) => knex.schema.createTable("knex_${number}", (table) => table.increments());\n` +
            `exports.down = (knex) => knex.schema.dropTable("knex_${number}");\n`,
        ]),
      ),
    }),
    prepare: [["migrate:latest", "--knexfile", "knexfile.cjs"]],
    version: ["--version"],
    status: ["migrate:list", "--knexfile", "knexfile.cjs"],
  },
  {
    name: "kysely-ctl",
    bin: "dist/bin.mjs",
    files: (database) => ({
      "kysely.config.mjs": `import Database from "better-sqlite3";
import { defineConfig } from "kysely-ctl";
const database = new Database(${JSON.stringify(database)});
export default defineConfig({ dialect: "better-sqlite3", dialectConfig: { database } });
`,
      ...Object.fromEntries(
        NUMBERS.map((number) => [
          `migrations/000${number}_step.ts`,
          `export const up = (db: any) => db.schema.createTable("kysely_${number}").addColumn("id", "integer").execute();\n` +
            `export const down = (db: any) => db.schema.dropTable("kysely_${number}").execute();\n`,
        ]),
      ),
    }),
    prepare: [["migrate", "latest"]],
    version: ["--version"],
    status: ["migrate", "list"],
  },
];

/** A project of another tool: a folder from which it and the drivers of databases are found. */
export interface PeerProject {
  readonly cwd: string;
  /** The path of a file in a package. */
  readonly find: (path: string) => string;
  readonly version: (name: keyof typeof VERSIONS) => string;
}

/**
 * Makes a project with the other tools.
 *
 * @returns why there is none, in words, where they cannot be installed
 */
export function createPeerProject(workspace: Workspace, name: string): PeerProject | string {
  const problem = install();
  if (problem !== undefined) return problem;
  const cwd = workspace.createFolder(join("peers", name));
  writeFileSync(join(cwd, "package.json"), MANIFEST);
  symlinkSync(join(CACHE, "node_modules"), join(cwd, "node_modules"), "junction");
  return { cwd, find: (path) => join(CACHE, "node_modules", path), version: (peer) => VERSIONS[peer] };
}

/** Installs the other tools unless that has been done. Returns why they are not there, or undefined. */
function install(): string | undefined {
  const marker = join(CACHE, "node_modules", ".package-lock.json");
  const manifest = join(CACHE, "package.json");
  if (existsSync(marker) && existsSync(manifest) && readFileSync(manifest, "utf8") === MANIFEST) return undefined;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(manifest, MANIFEST);
  // Unlike what is measured, the installation needs the user's whole environment: proxies, certificates, npm's settings.
  const args = [
    "install",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    // Each of them allows only some versions of the drivers, and not the same ones.
    "--legacy-peer-deps",
    "--loglevel=error",
    "--fetch-retries=0",
    "--fetch-timeout=20000",
  ];
  const result = spawnSync("npm", args, { cwd: CACHE, encoding: "utf8", timeout: 180_000 });
  if (result.status === 0) return undefined;
  const [line = "npm install failed"] = result.stderr.split("\n").filter((one) => one.startsWith("npm error"));
  return result.error?.message ?? line.replace("npm error ", "");
}

function preparePeer(peer: Peer, workspace: Workspace, database: string): readonly PeerCommand[] {
  const cwd = workspace.createFolder(join("peers", peer.name));
  for (const [path, text] of Object.entries({ "package.json": MANIFEST, ...peer.files(database) })) {
    mkdirSync(join(cwd, path, ".."), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  symlinkSync(join(CACHE, "node_modules"), join(cwd, "node_modules"), "junction");
  const bin = join(CACHE, "node_modules", peer.name, peer.bin);
  const env = workspace.createEnvironment();
  for (const args of peer.prepare) runNode([bin, ...args], { cwd, env });
  const label = `${peer.name} ${VERSIONS[peer.name]}`;
  const describe = (job: PeerCommand["job"]): PeerCommand => ({
    name: `${label} ${peer[job].join(" ").replace(/ --(config|knexfile) \S+/, "")}`,
    job,
    args: [bin, ...peer[job]],
    cwd,
  });
  return [describe("version"), describe("status")];
}

/**
 * Sets the other tools up on a database that may hold other tables already.
 *
 * @returns their commands, and what has to be said about those that are missing
 */
export function preparePeers(
  workspace: Workspace,
  database: string,
): { readonly commands: readonly PeerCommand[]; readonly notes: readonly string[] } {
  const problem = install();
  if (problem !== undefined) {
    const names = PEERS.map(({ name }) => name).join(", ");
    return { commands: [], notes: [`Skipped ${names}: they could not be installed (${problem}).`] };
  }
  return {
    commands: PEERS.flatMap((peer) => preparePeer(peer, workspace, database)),
    notes: ["drizzle-kit has no command that tells where a database stands: it runs `migrate` with nothing to do."],
  };
}
