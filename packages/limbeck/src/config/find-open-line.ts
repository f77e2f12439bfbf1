import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ResolvedConfig } from "./resolved-config.ts";

/** A line of the config that waits for somebody to take the comment sign away. */
export interface OpenLine {
  /** The name of the config file. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** As `limbeck init` writes it. */
const OPEN = /^\s*\/\/\s*models\s*:/;

/** The line that `limbeck init` left open for the models; undefined where there is none, or one for each of several databases. */
export function findOpenLine({ path }: Pick<ResolvedConfig, "path">): OpenLine | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const first = lines.findIndex((line) => OPEN.test(line));
  const isOnly = first !== -1 && lines.findLastIndex((line) => OPEN.test(line)) === first;
  return isOnly ? { file: basename(path), line: first + 1 } : undefined;
}
