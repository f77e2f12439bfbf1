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

/** What a function of the config answers when it answers wrongly. */
export interface WrongAnswer {
  readonly key: string;
  /** What the function is for: `a function that says true or false`. */
  readonly expected: string;
  readonly answer: unknown;
}

const describeAnswer = (answer: unknown): string =>
  answer instanceof Promise
    ? "a promise"
    : answer === null
      ? "null"
      : Array.isArray(answer)
        ? "an array"
        : typeof answer;

/** @throws ConfigError (invalidValue), always */
export function refuseAnswer({ path }: Pick<ResolvedConfig, "path">, { key, expected, answer }: WrongAnswer): never {
  throw configErrors.invalidValue({
    location: { path },
    key,
    expected,
    found: `one that gives ${describeAnswer(answer)}`,
  });
}
