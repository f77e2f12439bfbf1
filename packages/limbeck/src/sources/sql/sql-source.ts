import { basename } from "node:path";
import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { placeStatements, type PlacedStatement } from "../../dialect/place-statements.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { splitLines } from "../../kernel/errors/source-location.ts";
import { takeLiterally } from "../literal-rules.ts";
import type { SchemaSource } from "../schema-source.ts";
import { readSqlFiles, type SqlFile } from "./read-sql-files.ts";

function placeFile({ path, text }: SqlFile, { splitScript }: Dialect): readonly PlacedStatement[] {
  const lines = splitLines(text);
  return placeStatements({ path, script: lines.join("\n"), lines }, splitScript, sourceErrors.sqlBroken);
}

async function runStatement({ sql, location }: PlacedStatement, scratch: Connection, dialect: Dialect) {
  try {
    await scratch.execute(sql);
  } catch (error) {
    throw sourceErrors.sqlBroken({ location, message: dialect.describeDatabaseError(error) }, error);
  }
}

/**
 * SQL in the engine's own words, a file or a folder. It says everything there is to say, so it is taken at its word: what has no name has none,
 * and columns come in the order in which they stand.
 *
 * @param path absolute
 */
export function createSqlSource(path: string): SchemaSource {
  return {
    name: basename(path),
    isComplete: true,
    build: async (scratch, dialect) => {
      const statements = readSqlFiles(path).flatMap((file) => placeFile(file, dialect));
      const stranger = statements.find(({ purpose }) => purpose === "other" || purpose === "transaction");
      if (stranger) throw sourceErrors.sqlNotSchema({ location: stranger.location });
      const definitions = statements.filter(({ purpose }) => purpose === "schema");
      if (definitions.length === 0) throw sourceErrors.noSql({ path });
      // One after the other, as they stand: later ones need what earlier ones create.
      for (const definition of definitions) await runStatement(definition, scratch, dialect);
    },
    adaptRules: takeLiterally,
  };
}
