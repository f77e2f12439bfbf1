import type { Connection } from "../../dialect/connection.ts";

/** Whatever may change how statements are understood, and how what they make is written down. https://mariadb.com/kb/en/server-system-variables/ */
const PATTERN =
  "^(character_set|collation|sql_mode|old_mode|note_verbosity|default_|enforce_|innodb_(default|strict|page|file|large|read_only)|lower_case|explicit_defaults|version|system_versioning|" +
  "disabled_storage|sql_quote|div_precision|alter_algorithm|lc_|max_(sort|allowed)|group_concat|storage_engine|have_)";

/** Everything of a server, a session and a database that does. */
export async function readSettings(connection: Connection): Promise<string> {
  const rows = await connection.query(`SHOW VARIABLES WHERE Variable_name REGEXP '${PATTERN}'`);
  const global = await connection.query(`SHOW GLOBAL VARIABLES WHERE Variable_name REGEXP '${PATTERN}'`);
  return JSON.stringify([rows, global]);
}
