import { usageErrors } from "../kernel/errors/usage-errors.ts";

/** The number that an option was given. @throws UsageError when its value is no whole number */
export function readWholeNumber(command: string, flag: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw usageErrors.flagNotANumber({ command, flag, value });
  return Number(value);
}
