import type * as nodeSqlite from "node:sqlite";
import { connectionErrors } from "../kernel/errors/connection-errors.ts";

/** Node's own SQLite module. */
export type NodeSqlite = typeof nodeSqlite;

/**
 * Loads `node:sqlite` without the warning that Node 22 prints about it: on every command it would be noise that the user
 * can do nothing about. All other warnings pass, and the process is as before when this returns.
 *
 * This is why a driver touches `process`: an import of the module would load it before anything could be done about the warning.
 *
 * @throws ConnectionError (driverMissing) on a Node version without it
 */
export function loadNodeSqlite(): NodeSqlite {
  // oxlint-disable-next-line eslint/no-restricted-globals -- see above
  const node = process;
  const original = Object.getOwnPropertyDescriptor(node, "emitWarning");
  const emitWarning = node.emitWarning.bind(node);
  node.emitWarning = (...warning: readonly unknown[]): void => {
    if (!isSqliteWarning(warning)) Reflect.apply(emitWarning, node, warning);
  };
  try {
    const module = node.getBuiltinModule("node:sqlite");
    // The types say it is always there; older versions of Node have none.
    if ((module as NodeSqlite | undefined) === undefined) throw driverMissing();
    return module;
  } finally {
    if (original === undefined) Reflect.deleteProperty(node, "emitWarning");
    else Object.defineProperty(node, "emitWarning", original);
  }
}

function isSqliteWarning([message, type]: readonly unknown[]): boolean {
  return type === "ExperimentalWarning" && String(message).startsWith("SQLite ");
}

function driverMissing(): Error {
  return connectionErrors.driverMissing({ driver: "node:sqlite", fix: ["npm install --save-dev node@24"] });
}
