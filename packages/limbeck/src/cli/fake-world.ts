import { runCli } from "./main.ts";
import { Cancelled, type OutputStream, type Prompter, type World } from "./world.ts";

/** A world for tests that remembers what was written. */
export interface FakeWorld {
  readonly world: World;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The questions that were asked. */
  readonly asked: readonly string[];
}

/** What of a fake world is not as usual: by default nobody sits at the terminal. */
export interface FakeWorldOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Somebody sits at a terminal of 80 columns. Default false. */
  readonly isTTY?: boolean;
  /** The answers, in order: `yes`, `no`, or `cancel` for Ctrl-C. */
  readonly answers?: readonly string[];
  readonly now?: Date;
  /** Takes the place of programs that get the terminal. Default: there are none. */
  readonly handOver?: World["handOver"];
}

interface Recorder {
  readonly stream: OutputStream;
  readonly text: () => string;
}

function record(isTTY: boolean): Recorder {
  const pieces: string[] = [];
  return {
    stream: { write: (text) => void pieces.push(text), isTTY, columns: isTTY ? 80 : undefined },
    text: () => pieces.join(""),
  };
}

/** Makes a world for a test. */
export function createFakeWorld(options: FakeWorldOptions = {}): FakeWorld {
  const {
    isTTY = false,
    answers = [],
    handOver = async () => "missing",
    now = new Date("2026-02-21T10:00:00Z"),
  } = options;
  const stdout = record(isTTY);
  const stderr = record(isTTY);
  const asked: string[] = [];
  const answer = (message: string): string => {
    const given = answers[asked.length] ?? "cancel";
    asked.push(message);
    if (given === "cancel") throw new Cancelled();
    return given;
  };
  const prompter: Prompter = {
    confirm: async (message) => answer(message) === "yes",
    type: async (message) => answer(message),
    select: async (message, choices) => {
      const given = answer(message);
      const chosen = choices.find(({ value }) => value === given);
      if (!chosen) throw new Cancelled();
      return chosen.value;
    },
  };
  return {
    world: {
      cwd: options.cwd ?? "/",
      env: options.env ?? {},
      stdout: stdout.stream,
      stderr: stderr.stream,
      stdinIsTTY: isTTY,
      prompter,
      plainPrompter: prompter,
      handOver,
      interruptible: (run) => run(new AbortController().signal),
      watchActivity: () => ({ settle: async () => true }),
      now: () => now,
      ownCommand: ["limbeck"],
      version: () => "1.2.3",
    },
    stdout: stdout.text,
    stderr: stderr.text,
    asked,
  };
}

/** What a command line did. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly asked: readonly string[];
}

/** Runs a command line in a fake world. */
export async function runInFakeWorld(argv: readonly string[], options: FakeWorldOptions = {}): Promise<Run> {
  const fake = createFakeWorld(options);
  const exitCode = await runCli(argv, fake.world);
  return { exitCode, stdout: fake.stdout(), stderr: fake.stderr(), asked: fake.asked };
}
