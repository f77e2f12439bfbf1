import { findClosestName } from "../kernel/closest-name.ts";
import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { COMMANDS } from "./command-catalogue.ts";
import { splitCommandLine, type CommandLine } from "./command-line.ts";
import { findForeignCommand } from "./foreign-commands.ts";
import { renderCommandHelp, renderHelp } from "./render/help.ts";
import { runCommand } from "./run-command.ts";
import { chooseStyle } from "./style.ts";
import { createTerminal, type OutputMode } from "./terminal.ts";
import { toLimbeckError, toStrayError } from "./to-limbeck-error.ts";
import type { World } from "./world.ts";

const hasCommand = (name: string): boolean => Object.hasOwn(COMMANDS, name);

/** Why a word is not a command. */
function explainUnknown(command: string, { args }: CommandLine): LimbeckError {
  const foreign = findForeignCommand([command, ...args.filter((word) => !word.startsWith("-"))]);
  if (foreign) return usageErrors.foreignCommand(foreign);
  return usageErrors.unknownCommand({ command, similar: findClosestName(command, Object.keys(COMMANDS)) });
}

function help(command: string | undefined, line: CommandLine, world: World): number {
  const style = chooseStyle(world.stdout, { env: world.env, noColor: line.noColor, ascii: line.ascii });
  const listed = command === undefined ? undefined : COMMANDS[command];
  world.stdout.write(
    listed && command !== undefined
      ? renderCommandHelp(command, listed, style)
      : renderHelp(COMMANDS, world.version(), style),
  );
  return 0;
}

async function dispatchCommand(line: CommandLine, world: World, mode: OutputMode): Promise<number> {
  const { command, args } = line;
  const terminal = createTerminal(world, mode);
  if (line.wantsHelp && (command === undefined || hasCommand(command))) return help(command, line, world);
  if (command === "help") return help(args.find(hasCommand), line, world);
  if (command === undefined) {
    const error = usageErrors.missingCommand({ commands: Object.keys(COMMANDS) });
    if (mode.json) return terminal.fail(undefined, error);
    world.stderr.write(renderHelp(COMMANDS, world.version(), terminal.style));
    return error.exitCode;
  }
  const listed = hasCommand(command) ? COMMANDS[command] : undefined;
  if (!listed) return terminal.fail(undefined, explainUnknown(command, line));
  if (mode.streams && !listed.streams) {
    const streaming = Object.keys(COMMANDS).filter((name) => COMMANDS[name]?.streams);
    return terminal.fail(command, usageErrors.nothingToStream({ command, streaming }));
  }
  return runCommand({ name: command, listed, args }, world, mode);
}

const modeOf = ({ json, streams, noColor, ascii }: CommandLine): OutputMode => ({
  json,
  streams,
  quiet: false,
  noColor,
  ascii,
});

/** Finds the command of a command line and runs it. */
export async function dispatch(line: CommandLine, world: World): Promise<number> {
  const mode = modeOf(line);
  try {
    return await dispatchCommand(line, world, mode);
  } catch (error) {
    return createTerminal(world, mode).fail(line.command, toLimbeckError(error));
  }
}

function report(argv: readonly string[], error: LimbeckError, world: World): number {
  const line = splitCommandLine(argv);
  return createTerminal(world, modeOf(line)).fail(line.command, error);
}

/** Says what went wrong outside any command. @returns the exit code */
export const reportStray = (argv: readonly string[], error: unknown, world: World): number =>
  report(argv, toStrayError(error), world);

/** Says that the process ended before the command did. @returns the exit code */
export const reportEarlyEnd = (argv: readonly string[], world: World): number =>
  report(argv, usageErrors.endedEarly({}), world);

/** Says that the output could not be written. @returns the exit code */
export const reportLostOutput = (argv: readonly string[], { message }: Error, world: World): number =>
  report(argv, usageErrors.outputLost({ message }), world);
