import { basename } from "node:path";
import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { ScriptStatement } from "../../dialect/statement.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import type { SourceLocation } from "../../kernel/errors/source-location.ts";
import type { SchemaSource } from "../schema-source.ts";
import { readSqlFiles, type SqlFile } from "./read-sql-files.ts";

interface PlacedStatement {
  readonly statement: ScriptStatement;
  readonly location: SourceLocation;
}

function locateLine({ path, text }: SqlFile, line: number): SourceLocation {
  const content = text.split("\n")[line - 1]?.replace(/\r$/, "");
  return { path, line, ...(content !== undefined && { text: content }) };
}

function splitFile(file: SqlFile, dialect: Dialect): readonly ScriptStatement[] {
  try {
    return dialect.splitScript(file.text);
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    const { line } = error.context;
    const location = typeof line === "number" ? locateLine(file, line) : { path: file.path };
    throw sourceErrors.sqlBroken({ location, message: error.title }, error);
  }
}

function placeStatements(file: SqlFile, dialect: Dialect): readonly PlacedStatement[] {
  return splitFile(file, dialect).map((statement) => ({ statement, location: locateLine(file, statement.line) }));
}

async function runStatement({ statement, location }: PlacedStatement, scratch: Connection, dialect: Dialect) {
  try {
    await scratch.execute(statement.sql);
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
      const statements = readSqlFiles(path).flatMap((file) => placeStatements(file, dialect));
      const stranger = statements.find(
        ({ statement }) => statement.purpose === "other" || statement.purpose === "transaction",
      );
      if (stranger) throw sourceErrors.sqlNotSchema({ location: stranger.location });
      const definitions = statements.filter(({ statement }) => statement.purpose === "schema");
      if (definitions.length === 0) throw sourceErrors.noSql({ path });
      // One after the other, as they stand: later ones need what earlier ones create.
      for (const definition of definitions) await runStatement(definition, scratch, dialect);
    },
    adaptRules: (rules) => ({ ...rules, columnOrder: "exact" }),
  };
}
