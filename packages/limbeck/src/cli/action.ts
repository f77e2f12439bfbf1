import type { CommandContext } from "@stricli/core";
import { listRepeated, type GlobalFlags } from "./global-flags.ts";
import type { Outcome } from "./outcome.ts";
import { choosePrompter, type Session } from "./session.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import type { World } from "./world.ts";

/** What a command does with its options and arguments. */
export type Action<Flags extends GlobalFlags, Arguments extends readonly unknown[] = []> = (
  session: Session,
  flags: Flags,
  ...args: Arguments
) => Promise<Outcome>;

/** What the parser hands to a command. */
export interface ActionContext extends CommandContext {
  readonly world: World;
  readonly command: string;
  /** Whether JSON comes line by line. */
  readonly streams: boolean;
  /** Called with the terminal as the options want it, before anything happens. */
  readonly onTerminal: (terminal: Terminal) => void;
  /** Called with the exit code when the command has ended well. */
  readonly onExit: (exitCode: number) => void;
}

/** Makes an action callable by the parser. */
export function perform<Flags extends GlobalFlags, Arguments extends readonly unknown[]>(
  action: Action<Flags, Arguments>,
): (this: ActionContext, flags: Flags, ...args: Arguments) => Promise<void> {
  return async function performAction(flags, ...args) {
    const { world, command, streams } = this;
    const terminal = createTerminal(world, { ...flags, streams, repeated: listRepeated(flags) });
    this.onTerminal(terminal);
    const outcome = await action({ world, terminal, flags, prompter: choosePrompter(world, flags) }, flags, ...args);
    this.onExit(terminal.finish(command, outcome));
  };
}
