import { createRequire } from "node:module";
import { handOver } from "./hand-over.ts";
import { orderWrites, type WriteInOrder } from "./order-writes.ts";
import { createPlainPrompter } from "./plain-prompter.ts";
import { interruptible } from "./interruptible.ts";
import { createPrompter } from "./prompter.ts";
import { watchActivity } from "./watch-activity.ts";
import type { OutputStream, World } from "./world.ts";

/** The part of the process that the command line needs. */
export type HostProcess = Pick<
  NodeJS.Process,
  | "argv"
  | "cwd"
  | "env"
  | "execPath"
  | "exit"
  | "exitCode"
  | "getActiveResourcesInfo"
  | "off"
  | "on"
  | "once"
  | "stdin"
  | "stdout"
  | "stderr"
>;

function toOutputStream(stream: NodeJS.WriteStream, write: WriteInOrder): OutputStream {
  return {
    write: (text) => write(stream, text),
    isTTY: stream.isTTY,
    columns: stream.columns,
  };
}

function readVersion(): string {
  // By its own name, because the sources and the bundle lie at different depths.
  const manifest: unknown = createRequire(import.meta.url)("limbeck/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}

/** The real world, as seen from a process. */
export function createProcessWorld(host: HostProcess): World {
  const { env, stdin, stdout, stderr } = host;
  // Questions are part of the story, so they go where it goes, if anybody can see it there.
  const questions = stderr.isTTY ? stderr : stdout;
  const prompter = createPrompter(stdin, questions);
  const plainPrompter = createPlainPrompter(stdin, questions);
  const write = orderWrites(stdout, stderr);
  const ownActivity = host.getActiveResourcesInfo();
  return {
    cwd: host.cwd(),
    env,
    stdout: toOutputStream(stdout, write),
    stderr: toOutputStream(stderr, write),
    stdinIsTTY: stdin.isTTY,
    prompter,
    plainPrompter,
    handOver: (words) => handOver(words, host),
    interruptible: (run) => interruptible(host, run),
    watchActivity: () => watchActivity(host, ownActivity),
    now: () => new Date(),
    ownCommand: [host.execPath, ...host.argv.slice(1, 2)],
    version: readVersion,
  };
}
