import { delimiter } from "node:path";

/**
 * What a running npm or make, or the test runner, tells its children: make below make says which folder it enters, and npm below npm would take the settings of the repository for its own, the path
 * of its global settings among them.
 */
const INHERITED =
  /^npm_(?:command|execpath|node_execpath|package|lifecycle|config_(?:global|init|local_prefix|loglevel|prefix|user_agent|workspace))|^(?:LIMBECK_|VITEST)|^(?:CI|DATABASE_URL|FORCE_COLOR|INIT_CWD|MAKEFLAGS|MAKELEVEL|MFLAGS|NODE|NODE_ENV|NODE_OPTIONS|TEST)$/;

/** Folders that npm puts in front of the path for the scripts that it runs. */
const isFolderOfNpm = (folder: string): boolean => /node_modules[\\/]\.bin$|node-gyp-bin$/.test(folder);

/** The environment as it was before npm and the test runner changed it: in it, `npm` runs on the Node of the system, with its settings. */
export function createSystemEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !INHERITED.test(name));
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !isFolderOfNpm(folder));
  return { ...Object.fromEntries(kept), PATH: folders.join(delimiter) };
}
