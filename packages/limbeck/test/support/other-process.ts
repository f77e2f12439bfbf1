import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * A database in the hands of another process. Two SQLite libraries in one process don't see each other's locks, so whatever is about locks
 * needs a process of its own. https://www.sqlite.org/howtocorrupt.html#_multiple_copies_of_sqlite_linked_into_the_same_application
 */
export interface OtherProcess {
  /** Runs a statement there; gives its rows, or the message of the error. */
  readonly run: (sql: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const CODE = `
const { DatabaseSync } = require("node:sqlite");
const database = new DatabaseSync(process.argv[1], { timeout: 0 });
require("node:readline").createInterface({ input: process.stdin }).on("line", (sql) => {
  let answer;
  try { answer = database.prepare(sql).all(); } catch (error) { answer = error.message; }
  console.log(JSON.stringify(answer));
});`;

/** Opens a database file with node:sqlite in another process. */
export function openElsewhere(path: string): OtherProcess {
  const child = spawn(process.execPath, ["--no-warnings", "--eval", CODE, path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(sql) {
      child.stdin.write(`${sql}\n`);
      const line = await lines.next();
      const answer: unknown = JSON.parse(String(line.value));
      return answer;
    },
    async close() {
      const exit = once(child, "exit");
      child.stdin.end();
      await exit;
    },
  };
}
