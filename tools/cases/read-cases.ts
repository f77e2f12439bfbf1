import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A published pair of schemas: a database that has the one is to become the other. */
export interface Case {
  readonly id: string;
  /** SQL that creates the schema to start from; may be empty. */
  readonly from: string;
  /** SQL that creates the schema to lead to; comments `@renamed from=old` say what has only another name. */
  readonly to: string;
}

function isCase(value: unknown): value is Case {
  if (typeof value !== "object" || value === null) return false;
  return ["id", "from", "to"].every((key) => typeof Reflect.get(value, key) === "string");
}

/** Where the public pairs of an engine are kept: in a folder beside the repository, unless LIMBECK_SHARED names another. */
export function findCasesFile(engine: string): string {
  const shared = process.env["LIMBECK_SHARED"] ?? resolve(import.meta.dirname, "../../../shared");
  return resolve(shared, "cases", `${engine}.jsonl`);
}

/**
 * Reads the pairs of a file, one JSON object a line.
 *
 * @returns undefined when the file is not there
 */
export function readCases(path: string): readonly Case[] | undefined {
  if (!existsSync(path)) return undefined;
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (!isCase(value)) throw new Error(`Not a pair of schemas: ${line.slice(0, 80)}`);
      return value;
    });
}
