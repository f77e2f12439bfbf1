import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { ProjectPlan } from "./templates/project-template.ts";

function isTaken(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !(found.isDirectory() && readdirSync(path).length === 0);
}

const isInside = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

function refuseToOverwrite(root: string, { files, folders }: ProjectPlan, template: string): void {
  const isTakenHere = (path: string): boolean => isTaken(join(root, path));
  // A file first: with another folder it would be there all the same.
  const found = [...files.map(({ path }) => path).filter((path) => !isInside(path, folders)), ...folders].find(
    isTakenHere,
  );
  if (found === undefined) return;
  const path = join(root, found);
  throw commandErrors.folderNotEmpty({
    path: relative(dirname(root), path) || basename(root),
    file: path,
    template,
    isFolder: folders.includes(found),
  });
}

/**
 * Writes the files of a new project; either all of them or nothing.
 *
 * @param root absolute path of the folder that the plan counts from
 * @param template what the plan is made from, for errors
 * @returns the paths that were made, relative to the root
 * @throws CommandError when one of them exists already or cannot be written
 */
export function writeProject(root: string, plan: ProjectPlan, template: string): readonly string[] {
  refuseToOverwrite(root, plan, template);
  const made: string[] = [];
  try {
    for (const { path, text } of plan.files) {
      const file = join(root, path);
      // The outermost folder that was missing; what was there before is not ours to take away.
      const outermost = mkdirSync(dirname(file), { recursive: true });
      if (outermost !== undefined) made.push(outermost);
      writeFileSync(file, text, { flag: "wx" });
      made.push(file);
    }
  } catch (error) {
    for (const path of made.toReversed()) if (existsSync(path)) rmSync(path, { recursive: true });
    throw commandErrors.cannotWrite(
      { path: root, message: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
  return plan.files.map(({ path }) => relative(root, join(root, path)));
}
