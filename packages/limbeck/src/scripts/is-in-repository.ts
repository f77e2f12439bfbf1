import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether a folder belongs to a repository of Git, which then can be asked. */
export function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, ".git"))) return true;
  const above = dirname(folder);
  return above !== folder && isInRepository(above);
}
