import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/** The line of a new config that is left to the user. */
export const OPEN_LINE = '  // models: () => import("./app/models.ts"),';

const CONFIG_NAME = "limbeck.config.ts";

/** Where a new migration environment goes. */
export interface NewEnvironment {
  /** The folder that gets the config; absolute. */
  readonly root: string;
  /** The migrations folder, relative to `root`. */
  readonly migrations: string;
  /** The URL that the config names. */
  readonly url: string;
}

function renderConfig({ migrations, url }: NewEnvironment): string {
  return `import { defineConfig } from "limbeck";

export default defineConfig({
  // DATABASE_URL in the environment or in .env comes before this one.
  url: ${JSON.stringify(url)},

  // The file that exports your tables. Uncomment this line and put its path in:
${OPEN_LINE}

  migrations: ${JSON.stringify(migrations.split(sep).join("/"))},
});
`;
}

function refuseToOverwrite(paths: readonly string[], root: string): void {
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined)
    throw commandErrors.folderNotEmpty({ path: relative(dirname(root), found) || basename(root), file: found });
}

/**
 * Writes the config and the folder for revisions; either all of it or nothing.
 *
 * @returns the paths that were made, relative to the root
 * @throws CommandError when one of them exists already or cannot be written
 */
export function createMigrationEnvironment(environment: NewEnvironment): readonly string[] {
  const { root } = environment;
  const config = join(root, CONFIG_NAME);
  const migrations = resolve(root, environment.migrations);
  refuseToOverwrite([config, migrations], root);
  const keeper = join(migrations, "versions", ".gitkeep");
  try {
    mkdirSync(dirname(keeper), { recursive: true });
    // Git keeps no empty folder, and the folder has to be there after a clone.
    writeFileSync(keeper, "", { flag: "wx" });
    writeFileSync(config, renderConfig(environment), { flag: "wx" });
  } catch (error) {
    rmSync(migrations, { recursive: true, force: true });
    throw commandErrors.cannotWrite(
      { path: root, message: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
  return [config, keeper].map((path) => relative(root, path));
}
