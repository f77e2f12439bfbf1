import { buildApplication, buildRouteMap, run, text_en, type ApplicationText } from "@stricli/core";
import { EXIT_CODES } from "../kernel/exit-code.ts";
import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { ActionContext } from "./action.ts";
import type { ListedCommand } from "./command-catalogue.ts";
import { explainScanError } from "./explain-scan-error.ts";
import { leaveOutGit } from "./leave-out-git.ts";
import { createTerminal, type OutputMode } from "./terminal.ts";
import { listFixes } from "./typed-command.ts";
import { toLimbeckError } from "./to-limbeck-error.ts";
import { Cancelled, Declined, type World } from "./world.ts";

/** The parser gives its errors to be put into words, and prints the words; here they are caught instead. */
function catchErrors(onScanError: (error: unknown) => void, onFailure: (error: unknown) => void): ApplicationText {
  const scan = (error: unknown): string => {
    onScanError(error);
    return "";
  };
  const fail = (error: unknown): string => {
    onFailure(error);
    return "";
  };
  return {
    ...text_en,
    exceptionWhileParsingArguments: scan,
    exceptionWhileLoadingCommandFunction: fail,
    exceptionWhileLoadingCommandContext: fail,
    exceptionWhileRunningCommand: fail,
    commandErrorResult: fail,
  };
}

/** What the parser may print to: nothing. */
const SILENT = { write: (): void => undefined };

/**
 * Parses the options and arguments of a command and runs it.
 *
 * @param mode how to speak until the options are parsed
 * @returns the exit code
 */
export async function runCommand(
  { name, listed, args }: { readonly name: string; readonly listed: ListedCommand; readonly args: readonly string[] },
  world: World,
  mode: OutputMode,
): Promise<number> {
  let terminal = createTerminal(world, mode);
  let exitCode: number | undefined;
  const fail = (error: LimbeckError): void => {
    // A command can be wrong in several ways; the first one is enough to act on.
    const fixes = listFixes(error, { name, args, command: listed.command });
    exitCode ??= terminal.fail(name, error, leaveOutGit(fixes, error.code, world.cwd));
  };
  const text = catchErrors(
    (error) => fail(explainScanError(error, name, listed)),
    (error) => {
      const isAnswer = error instanceof Cancelled || error instanceof Declined;
      if (!isAnswer) return fail(toLimbeckError(error));
      // Every question comes before the change that it is about.
      terminal.tell("Nothing was changed.\n");
      exitCode = error instanceof Declined ? EXIT_CODES.declined : EXIT_CODES.interrupted;
    },
  );
  const context: ActionContext = {
    process: { stdout: SILENT, stderr: SILENT },
    world,
    command: name,
    streams: mode.streams ?? false,
    onTerminal: (chosen) => {
      terminal = chosen;
    },
    onExit: (code) => {
      exitCode = code;
    },
  };
  const application = buildApplication<ActionContext>(
    buildRouteMap({ routes: { [name]: listed.command }, docs: { brief: name } }),
    {
      name: "limbeck",
      scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
      localization: { text },
    },
    {},
  );
  await run(application, [name, ...args], context);
  return exitCode ?? EXIT_CODES.bug;
}
