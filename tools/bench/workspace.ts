import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that everything is measured in, and that is gone afterwards. */
export interface Workspace {
  /** Makes a new folder. */
  createFolder(name: string): string;
  /** The environment of a measured process, with caches of its own: the same name gives the same caches. */
  createEnvironment(cache?: string): Readonly<Record<string, string>>;
  remove(): void;
}

/** Makes a workspace among the temporary files of the system. */
export function createWorkspace(): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-bench-")));
  const createFolder = (name: string): string => {
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  return {
    createFolder,
    createEnvironment(cache = "warm") {
      // Node keeps its compile cache in TMPDIR. NODE_EXTRA_CA_CERTS and NODE_OPTIONS, which slow every start down, stay out.
      const temporary = createFolder(join("caches", cache));
      return { PATH: process.env["PATH"] ?? "", HOME: temporary, TMPDIR: temporary, NO_COLOR: "1" };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
