import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reader } from "./follow-document.ts";
import { createSystemEnvironment } from "./system-environment.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** The kinds of package that Limbeck is installed into, by the `type` in their package.json. */
export const PROJECT_KINDS = ["commonjs", "no type", "module"] as const;

/** One of the {@link PROJECT_KINDS}. */
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** What is as true of a project as `npm init -y` leaves it: which `type` that writes depends on the version of npm. */
const MANIFEST = { name: "todo", version: "1.0.0", main: "index.js", license: "ISC" };

/** A place for packed packages and for the projects that they are installed into. */
export interface Workshop {
  /** The packed package. */
  readonly tarball: string;
  /**
   * Makes a project with the tarball in it, not yet installed.
   *
   * @param nodeFolder the folder of the Node that its commands run on; default: that of this process
   */
  createProject(kind: ProjectKind, nodeFolder?: string): Reader;
  remove(): void;
}

/** An environment in which npm asks no registry: not for the packages, and not for optional peers that nobody installs. */
function createEnvironment(folder: string, nodeFolder: string): NodeJS.ProcessEnv {
  const system = createSystemEnvironment();
  return {
    ...system,
    PATH: [join(folder, "node_modules/.bin"), nodeFolder, system["PATH"]].join(delimiter),
    NO_COLOR: "1",
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_legacy_peer_deps: "true",
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  };
}

/** What is documented as coming from npm, and comes from here: no test may depend on what a registry holds today. */
const createStandIns = (tarball: string): ReadonlyMap<string, string> =>
  new Map([
    ["npm install limbeck", `npm install ./${basename(tarball)}`],
    ["npm install kysely", `npm install ${join(REPOSITORY, "node_modules/kysely")}`],
  ]);

function pack(folder: string): string {
  const args = ["pack", "--workspace", "limbeck", "--pack-destination", folder, "--loglevel", "error"];
  execFileSync("npm", args, { cwd: REPOSITORY, env: createSystemEnvironment(), stdio: "pipe" });
  const filename = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (filename === undefined) throw new Error("npm packed nothing.");
  return join(folder, filename);
}

/**
 * Packs the package as it would be published.
 *
 * @throws Error when the package has not been built
 */
export function openWorkshop(): Workshop {
  if (!existsSync(join(REPOSITORY, "packages/limbeck/dist/bin.js"))) {
    throw new Error("The package has not been built yet: make build");
  }
  const root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-package-")));
  const tarball = pack(root);
  return {
    tarball,
    createProject(kind, nodeFolder = join(process.execPath, "..")) {
      const folder = mkdtempSync(join(root, `${kind.replace(" ", "-")}-`));
      const manifest = kind === "no type" ? MANIFEST : { ...MANIFEST, type: kind };
      writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
      cpSync(tarball, join(folder, basename(tarball)));
      return { folder, env: createEnvironment(folder, nodeFolder), standIns: createStandIns(tarball) };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
