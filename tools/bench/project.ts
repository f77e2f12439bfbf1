import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { LIMBECK_BIN, linkLimbeck } from "../link-limbeck.ts";
import { runNode, type ProcessRun } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

/** A folder that is set up as `limbeck init` leaves it, with the models connected. */
export interface Project {
  readonly folder: string;
  /** The database, which is a file. */
  readonly database: string;
  readonly versions: string;
  /** Runs the command line. */
  limbeck(...args: readonly string[]): ProcessRun;
  write(path: string, text: string): void;
}

/** Sets a project up by the tool's own commands. */
export function createProject(workspace: Workspace, name: string): Project {
  const folder = workspace.createFolder(name);
  const env = workspace.createEnvironment();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const limbeck = (...args: readonly string[]): ProcessRun => runNode([LIMBECK_BIN, ...args], { cwd: folder, env });

  write("package.json", `${JSON.stringify({ name: "bench", private: true, type: "module" })}\n`);
  linkLimbeck(folder);
  limbeck("init");
  const config = readFileSync(join(folder, "limbeck.config.ts"), "utf8");
  write("limbeck.config.ts", config.replace("// models:", "models:"));
  return { folder, database: join(folder, "app.db"), versions: join(folder, "migrations", "versions"), limbeck, write };
}
