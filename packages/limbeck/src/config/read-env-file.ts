import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { configErrors } from "../kernel/errors/config-errors.ts";

/**
 * The variables of a `.env` file; none when there is no such file.
 *
 * @throws ConfigError when the file is there and cannot be read
 */
export function readEnvFile(path: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw configErrors.envFileUnreadable(
      { path, message: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}
