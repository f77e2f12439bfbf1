import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OWN_FOLDER } from "../progress.ts";

/** Stands for a project, wherever it lies: on two machines, or after a move, two of them may have folders of the same path. Made at the first time. */
export function readProjectId(folder: string): string {
  const path = join(folder, OWN_FOLDER, "project-id");
  mkdirSync(join(folder, OWN_FOLDER), { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(8).toString("hex")}\n`, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(path, "utf8").trim();
}
