import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { toFlag } from "./flag-name.ts";

/**
 * Refuses two options that rule each other out.
 *
 * @throws UsageError when both were given
 */
export function refuseBoth<Flags extends object>(
  command: string,
  flags: Flags,
  [first, second]: readonly [keyof Flags & string, keyof Flags & string],
  because: string,
): void {
  const isGiven = (name: keyof Flags & string): boolean => flags[name] !== undefined && flags[name] !== false;
  if (isGiven(first) && isGiven(second)) {
    throw usageErrors.flagsExclude({ command, flags: [toFlag(first), toFlag(second)], because });
  }
}
