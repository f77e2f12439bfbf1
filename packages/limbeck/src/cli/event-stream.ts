import type { ErrorReport, StreamEvent, StreamLine } from "../commands/stream/stream-line.ts";
import { EXIT_CODES } from "../kernel/exit-code.ts";
import { maskSecrets } from "../kernel/mask-secrets.ts";
import { formatJsonLine } from "./render/json.ts";
import type { World } from "./world.ts";

/** What a run works on, as far as the stream has to know. */
export interface StreamSubject {
  readonly command: string;
  /** Without any password; null where it is not one. */
  readonly database: string | null;
  /** Asks where the database stands, once the run is over. */
  readonly readStanding?: () => Promise<readonly string[] | null>;
}

/** Writes what happens, one JSON object a line. */
export interface EventStream {
  readonly begin: (subject: StreamSubject) => void;
  readonly write: (event: StreamEvent, tenant?: string) => void;
  /** Asks where the database stands, for the last line. */
  readonly settle: () => Promise<void>;
  /** Writes the last line. */
  readonly finish: (exitCode: number, data: unknown) => void;
  /** Writes the last two lines: what went wrong, and that it is over. */
  readonly fail: (exitCode: number, error: ErrorReport) => void;
}

/** Makes the stream of one command. Each line is written at once, whole; texts are masked, because SQL may hold secrets. */
export function createEventStream({ stdout, now, version }: Pick<World, "stdout" | "now" | "version">): EventStream {
  let readStanding: StreamSubject["readStanding"];
  let standsAt: readonly string[] | null = null;
  const write = (event: StreamEvent, tenant?: string): void => {
    const line: StreamLine = { ...event, time: now().toISOString(), ...(tenant !== undefined && { tenant }) };
    const { event: name, time, ...rest } = line;
    // What people look for stands first.
    stdout.write(`${formatJsonLine({ event: name, time, ...rest }, maskSecrets)}\n`);
  };
  return {
    begin: (subject) => {
      const { command, database } = subject;
      ({ readStanding } = subject);
      write({ event: "runStarted", format: 1, version: version(), command, database });
    },
    write,
    settle: async () => {
      standsAt = (await readStanding?.()) ?? null;
    },
    finish: (exitCode, data) =>
      write({ event: "runFinished", ok: exitCode === EXIT_CODES.ok, exitCode, standsAt, data }),
    fail: (exitCode, error) => {
      write({ event: "error", error });
      write({ event: "runFinished", ok: false, exitCode, standsAt });
    },
  };
}
