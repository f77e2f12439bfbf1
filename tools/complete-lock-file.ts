import { readFileSync, writeFileSync } from "node:fs";

/**
 * Adds to package-lock.json the packages for other platforms that npm left out.
 *
 * npm writes no entry for an optional package it could not find, as on a mirror that carries one platform only,
 * and then `npm ci` refuses the file everywhere. What such an entry says follows from its name and its parent:
 * the version is exact, and a platform it isn't made for never installs it. Run after every `npm install`.
 */

interface LockEntry {
  readonly dev?: boolean;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const LOCK_FILE = new URL("../package-lock.json", import.meta.url);

function describePlatform(name: string): Readonly<Record<string, readonly string[]>> {
  const [os = "", cpu = "", abi = ""] = name.replace(/^.*\/(binding-)?/, "").split("-");
  const libc = os === "linux" ? { libc: [abi.startsWith("musl") ? "musl" : "glibc"] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}

function findMissing({ packages }: LockFile): readonly (readonly [string, unknown])[] {
  return Object.values(packages).flatMap(({ dev, license, engines, optionalDependencies = {} }) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => !(`node_modules/${name}` in packages) && /^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => [
        `node_modules/${name}`,
        { version, dev, license, optional: true, ...describePlatform(name), engines },
      ]),
  );
}

const lock: LockFile = JSON.parse(readFileSync(LOCK_FILE, "utf8"));
const missing = findMissing(lock);
const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
const packages = Object.fromEntries([...Object.entries(lock.packages), ...missing].toSorted(byPath));
writeFileSync(LOCK_FILE, `${JSON.stringify({ ...lock, packages }, undefined, 2)}\n`);
console.log(`package-lock.json: ${missing.length} entries added`);
