import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { adaptBetterSqlite3, looksLikeBetterSqlite3, type BetterSqlite3Constructor } from "./adapt-better-sqlite3.ts";
import type { Driver } from "./driver.ts";
import { looksLikeLibsql } from "./libsql.ts";
import { loadPackage, requireVersion } from "../../../dialect/load-package.ts";

const NAME = "better-sqlite3";

/**
 * Versions before it can end the process when their objects are collected: seen with 12.11.1 on Node 24.21, and on 24.19 in
 * https://github.com/chandra447/pi-hermes-memory/issues/193. They may be installed beside us for the sake of others, so the range of the peer
 * dependency does not keep them out.
 */
const OLDEST_VERSION = "13.0.0";

/** The npm package better-sqlite3. https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md */
export const betterSqlite3: Driver = {
  name: NAME,
  open(path, { readOnly, busyTimeout }) {
    if (path !== path.trim()) {
      throw connectionErrors.cannotOpen({ path, message: `${NAME} would cut the spaces off the end of the path` });
    }
    requireVersion(NAME, OLDEST_VERSION, "can bring the process down");
    // The package exports its class, and has no types.
    const Database = loadPackage(NAME) as BetterSqlite3Constructor;
    return adaptBetterSqlite3(new Database(path, { readonly: readOnly, timeout: busyTimeout }));
  },
  adopt: (value) => (looksLikeBetterSqlite3(value) && !looksLikeLibsql(value) ? adaptBetterSqlite3(value) : undefined),
};
