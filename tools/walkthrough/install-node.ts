import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSystemEnvironment } from "./system-environment.ts";

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/limbeck-node", import.meta.url));

/** The install script of `node` fetches the binary. */
const MANIFEST = { private: true, allowScripts: { node: true } };

function readVersion(folder: string): string | undefined {
  const path = join(folder, "node");
  return existsSync(path) ? execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1) : undefined;
}

/**
 * Brings a version of Node from npm, as `package.json` brings Node 24; kept in `node_modules/.cache`.
 *
 * @param version exact
 * @returns the folder that holds `node`
 * @throws Error when npm fails or brings another version
 */
export function installNode(version: string): string {
  const folder = join(CACHE, version);
  const bin = join(folder, "node_modules/node/bin");
  if (readVersion(bin) !== version) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify(MANIFEST));
    const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`];
    execFileSync("npm", args, { cwd: folder, env: createSystemEnvironment(), stdio: ["ignore", "ignore", "inherit"] });
  }
  const found = readVersion(bin);
  if (found !== version) {
    throw new Error(
      `Expected Node ${version} in ${bin}, found ${found ?? "none"}: npm config set ignore-scripts false`,
    );
  }
  return bin;
}
