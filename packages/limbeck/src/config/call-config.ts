import { configErrors } from "../kernel/errors/config-errors.ts";
import { tryLoading } from "../scripts/load-module.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

/**
 * Calls a function that the config brings.
 *
 * @throws ConfigError with the place where it failed
 */
export async function callConfig<Result>(
  { path }: Pick<ResolvedConfig, "path">,
  call: () => Result | Promise<Result>,
): Promise<Result> {
  const loaded = await tryLoading(path, async () => call());
  if (loaded.ok) return loaded.value;
  const { location, message, fix, error } = loaded.failure;
  throw configErrors.configBroken({ location, message, ...(fix !== undefined && { fix }) }, error);
}
