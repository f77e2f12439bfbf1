import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { adaptBetterSqlite3, looksLikeBetterSqlite3, type BetterSqlite3Constructor } from "./adapt-better-sqlite3.ts";
import type { Driver } from "./driver.ts";
import { looksLikeLibsql } from "./libsql.ts";
import { loadPackage } from "./load-package.ts";

const NAME = "better-sqlite3";

/** The npm package better-sqlite3. https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md */
export const betterSqlite3: Driver = {
  name: NAME,
  open(path, { readOnly, busyTimeout }) {
    if (path !== path.trim()) {
      throw connectionErrors.cannotOpen({ path, message: `${NAME} would cut the spaces off the end of the path` });
    }
    // The package exports its class, and has no types.
    const Database = loadPackage(NAME) as BetterSqlite3Constructor;
    return adaptBetterSqlite3(new Database(path, { readonly: readOnly, timeout: busyTimeout }));
  },
  adopt: (value) => (looksLikeBetterSqlite3(value) && !looksLikeLibsql(value) ? adaptBetterSqlite3(value) : undefined),
};
