import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import {
  SQLITE_OPTION_NAMES,
  type ConflictResolution,
  type SqliteCheckOptions,
  type SqliteColumnOptions,
  type SqliteForeignKeyOptions,
  type SqlitePrimaryKeyOptions,
  type SqliteTableOptions,
  type SqliteUniqueOptions,
} from "../options.ts";

/** The options of each kind of object. */
interface OptionShapes {
  readonly table: SqliteTableOptions;
  readonly column: SqliteColumnOptions;
  readonly primaryKey: SqlitePrimaryKeyOptions;
  readonly unique: SqliteUniqueOptions;
  readonly check: SqliteCheckOptions;
  readonly foreignKey: SqliteForeignKeyOptions;
  readonly index: object;
  readonly indexPart: object;
}

const CONFLICTS: readonly unknown[] = ["rollback", "abort", "fail", "ignore", "replace"] satisfies ConflictResolution[];

/** Options whose value is written into SQL as it is, so that only these words may come through. */
const CONFLICT_OPTIONS: readonly string[] = ["onConflict", "notNullConflict"];

/**
 * The part of an object's options that SQLite reads.
 *
 * @param place what the object is called in an error
 * @throws OperationError (unknownOption)
 */
export function readOptions<Place extends keyof OptionShapes>(
  options: DialectOptions | undefined,
  kind: Place,
  place: string,
): OptionShapes[Place] {
  const own = options?.["sqlite"] ?? {};
  const known: readonly string[] = SQLITE_OPTION_NAMES[kind];
  for (const [option, value] of Object.entries(own)) {
    if (!known.includes(option)) throw operationErrors.unknownOption({ dialect: "SQLite", place, option, known });
    if (CONFLICT_OPTIONS.includes(option) && !CONFLICTS.includes(value)) {
      const wrong = `${option}: ${JSON.stringify(value)}`;
      throw operationErrors.unknownOption({ dialect: "SQLite", place, option: wrong, known: CONFLICTS.map(String) });
    }
  }
  return own;
}
