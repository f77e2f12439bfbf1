import {
  AliasNotFoundError,
  ArgumentParseError,
  FlagNotFoundError,
  InvalidNegatedFlagSyntaxError,
  UnexpectedFlagError,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
  UnsatisfiedPositionalError,
} from "@stricli/core";
import { findClosestName } from "../kernel/closest-name.ts";
import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { usageErrors } from "../kernel/errors/usage-errors.ts";
import type { ListedCommand } from "./command-catalogue.ts";
import { toFlag } from "./flag-name.ts";
import { toLimbeckError } from "./to-limbeck-error.ts";

/** A value where a switch stands; the one that `--json` may have is taken before the parser sees it. */
function explainValue(command: string, name: string, value: string): LimbeckError {
  const flag = `--${name}`;
  return flag === "--json"
    ? usageErrors.flagChoice({ command, flag, value, choices: ["stream"] })
    : usageErrors.flagTakesNoValue({ command, flag, value });
}

/** Says in our words what the parser found wrong with the options and arguments of a command. */
export function explainScanError(
  error: unknown,
  command: string,
  { command: parsed, examples }: ListedCommand,
): LimbeckError {
  if (error instanceof FlagNotFoundError) {
    const flags = ["--help", ...Object.keys(parsed.parameters.flags ?? {}).map(toFlag)];
    const flag = `--${error.input}`;
    return usageErrors.unknownFlag({ command, flag, similar: findClosestName(flag, flags) });
  }
  if (error instanceof AliasNotFoundError) {
    return usageErrors.unknownFlag({ command, flag: `-${error.input}`, similar: undefined });
  }
  if (error instanceof ArgumentParseError) {
    // Only switches are parsed, everything else is taken as it is.
    return explainValue(command, error.externalFlagNameOrPlaceholder, error.input);
  }
  if (error instanceof InvalidNegatedFlagSyntaxError) {
    return explainValue(command, error.externalFlagName, error.valueText);
  }
  if (error instanceof UnexpectedFlagError) {
    const { externalFlagName, previousInput, input } = error;
    return usageErrors.flagRepeated({ command, flag: `--${externalFlagName}`, values: [previousInput, input] });
  }
  if (error instanceof UnsatisfiedFlagError) {
    const nextFlag = error.nextFlagName === undefined ? undefined : `--${error.nextFlagName}`;
    return usageErrors.flagNeedsValue({ command, flag: `--${error.externalFlagName}`, nextFlag });
  }
  if (error instanceof UnexpectedPositionalError) {
    return usageErrors.argumentUnexpected({ command, argument: error.input, expected: error.expectedCount });
  }
  if (error instanceof UnsatisfiedPositionalError) {
    return usageErrors.argumentMissing({ command, argument: error.placeholder, example: examples[0] });
  }
  return toLimbeckError(error);
}
