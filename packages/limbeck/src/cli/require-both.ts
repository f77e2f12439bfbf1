import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { toFlag } from "./flag-name.ts";

/**
 * Refuses an option that means nothing without another one.
 *
 * @throws UsageError when the first was given and the second was not
 */
export function requireBoth<Flags extends object>(
  command: string,
  flags: Flags,
  [flag, needed]: readonly [keyof Flags & string, keyof Flags & string],
  because: string,
): void {
  const isGiven = (name: keyof Flags & string): boolean => flags[name] !== undefined && flags[name] !== false;
  if (isGiven(flag) && !isGiven(needed)) {
    throw usageErrors.flagNeedsFlag({ command, flag: toFlag(flag), needed: toFlag(needed), because });
  }
}
