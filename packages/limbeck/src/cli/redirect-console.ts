import { Console } from "node:console";

/**
 * Sends everything that is said on the console to one stream. Code of the project, its config, models and revisions, may say something while a
 * command runs; on stdout that would mix with the data that was asked for, and break JSON and scripts.
 *
 * @param stream usually stderr
 * @returns gives the console back
 */
export function redirectConsole(stream: NodeJS.WritableStream): () => void {
  const target: Console = console;
  const before = { ...target };
  Object.assign(target, { ...new Console({ stdout: stream, stderr: stream }) });
  return () => {
    Object.assign(target, before);
  };
}
