/**
 * Loaded into a process before the command line: ends it with SIGKILL at the statement that `KILL_AT` names, counted from the first transaction on.
 *
 * `KILL_HOW` says when: `before` it is sent; or `during`, a moment after it was sent and before anybody read the answer.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";

const at = Number(process.env["KILL_AT"] ?? 0);
const isDuring = process.env["KILL_HOW"] === "during";
const delay = Number(process.env["KILL_DELAY"] ?? 0);

let count = 0;
let hasBegun = false;

/** Leaves the moment behind, so that whoever goes on can say how long that took. */
const die = (): void => {
  writeSync(process.stderr.fd, `\nKILLED ${Date.now()}\n`);
  process.kill(process.pid, "SIGKILL");
};

/** Counts a statement, and dies when it is the one. */
function pass(sql: unknown, send: () => unknown): unknown {
  if (/^\s*(?:BEGIN|START TRANSACTION)/i.test(String(sql))) hasBegun = true;
  if (hasBegun) count += 1;
  if (at === 0 || count !== at) return send();
  if (!isDuring) die();
  const answer = send();
  if (delay === 0) setImmediate(die);
  else setTimeout(die, delay);
  return answer;
}

type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

/** Puts `pass` in front of a method of a class. */
function intercept(
  prototype: object,
  name: string,
  readSql: (self: unknown, args: readonly unknown[]) => unknown,
): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name];
  if (!original) throw new Error(`There is no ${name}.`);
  methods[name] = function (...args) {
    return pass(readSql(this, args), () => original.apply(this, [...args]));
  };
}

const textOf = (query: unknown): unknown =>
  typeof query === "object" && query !== null && "text" in query ? query.text : query;
const sqlOf = (query: unknown): unknown =>
  typeof query === "object" && query !== null && "sql" in query ? query.sql : query;

const require = createRequire(import.meta.url);
switch (process.env["KILL_DRIVER"]) {
  case "pg": {
    const { Client } = require("pg") as { readonly Client: { readonly prototype: object } };
    intercept(Client.prototype, "query", (_, [query]) => textOf(query));
    break;
  }
  case "mysql2": {
    const { Connection } = require("mysql2") as { readonly Connection: { readonly prototype: object } };
    intercept(Connection.prototype, "query", (_, [query]) => sqlOf(query));
    break;
  }
  default: {
    const { DatabaseSync, StatementSync } = require("node:sqlite") as {
      readonly DatabaseSync: { readonly prototype: object };
      readonly StatementSync: { readonly prototype: object };
    };
    const read = (self: unknown): unknown =>
      typeof self === "object" && self !== null && "sourceSQL" in self ? self.sourceSQL : "";
    intercept(DatabaseSync.prototype, "exec", (_, [sql]) => sql);
    for (const name of ["run", "all"]) intercept(StatementSync.prototype, name, read);
  }
}

process.on("exit", () => {
  if (at === 0) process.stderr.write(`\nSTATEMENTS ${count}\n`);
});
