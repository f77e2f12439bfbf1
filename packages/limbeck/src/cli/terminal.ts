import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { EXIT_CODES } from "../kernel/exit-code.ts";
import { maskSecrets } from "../kernel/mask-secrets.ts";
import { createEventStream, type EventStream } from "./event-stream.ts";
import type { Outcome } from "./outcome.ts";
import { completeFix, renderError } from "./render/error.ts";
import { formatJson, formatMaskedJson } from "./render/json.ts";
import { chooseStyle, type Style } from "./style.ts";
import type { OutputStream, World } from "./world.ts";

/** How a user wants to be spoken to. */
export interface OutputMode {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  readonly ascii: boolean;
  /** JSON comes line by line, as things happen. Default false. */
  readonly streams?: boolean;
  /** Global options that commands to be copied repeat. Default none. */
  readonly repeated?: readonly string[];
}

/** Speaks to the user: data on stdout, the story on stderr, or JSON and nothing else. */
export interface Terminal {
  readonly mode: OutputMode;
  /** The look of stderr. */
  readonly style: Style;
  /** Where `--json=stream` writes; absent where nobody asked for it. */
  readonly stream?: EventStream;
  /** Adds to the story, unless nobody wants to hear it. */
  readonly tell: (text: string) => void;
  /** Tells what went wrong without ending the command, to everybody but programs. */
  readonly complain: (text: string) => void;
  /** Says how a command ended. @returns the exit code */
  readonly finish: (command: string, outcome: Outcome) => number;
  /** Says what went wrong, and what repairs it. @returns the exit code */
  readonly fail: (command: string | undefined, error: LimbeckError, fixes?: readonly string[]) => number;
}

const withLineEnd = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function write(stream: OutputStream, text: string): void {
  if (text !== "") stream.write(withLineEnd(text));
}

/** Makes the terminal for a world and a mode. */
export function createTerminal(world: World, mode: OutputMode): Terminal {
  const { stdout, stderr, env } = world;
  const { noColor, ascii, repeated = [] } = mode;
  const options = { env, noColor, ascii, repeated };
  const style = chooseStyle(stderr, options);
  const isTalkative = !mode.json && !mode.quiet;
  const stream = mode.streams ? createEventStream(world) : undefined;
  return {
    mode,
    style,
    ...(stream && { stream }),
    tell: (text) => {
      if (isTalkative) stderr.write(text);
    },
    complain: (text) => {
      if (!mode.json) stderr.write(text);
    },
    finish: (command, { data, output, story, isFailure = false, exitCode = EXIT_CODES.ok }) => {
      if (stream) {
        stream.finish(exitCode, data);
        return exitCode;
      }
      if (mode.json) {
        write(stdout, formatJson({ ok: exitCode === EXIT_CODES.ok, command, data }));
        return exitCode;
      }
      if (output) write(stdout, output(chooseStyle(stdout, options)));
      if (story && (isTalkative || isFailure)) write(stderr, story(style));
      return exitCode;
    },
    fail: (command, error, fix = error.fix) => {
      const { code, reason, title, why, context, exitCode } = error;
      const failure = { code, reason, title, why, fix: completeFix({ code, fix }, style), context };
      if (stream) {
        stream.fail(exitCode, failure);
      } else if (mode.json) {
        write(stdout, formatMaskedJson({ ok: false, command: command ?? null, error: failure }, maskSecrets));
      } else {
        write(stderr, renderError({ code, title, why, fix }, style));
      }
      return exitCode;
    },
  };
}
