import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import { POSTGRES_OPTION_NAMES, type PostgresOptionShapes } from "../options.ts";

const ENGINE = "PostgreSQL";

/** Options whose value is written into SQL as it is, so that only these words may come through. */
const WORDS: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ["identity", ["always"]],
  ["deferrable", ["initially immediate", "initially deferred"]],
  ["nulls", ["first", "last"]],
  ["storage", ["plain", "external", "main", "extended"]],
  ["compression", ["pglz", "lz4"]],
]);

const FLAGS: readonly string[] = [
  "unlogged",
  "rowSecurity",
  "forceRowSecurity",
  "serial",
  "nullsNotDistinct",
  "notValid",
  "noInherit",
  "notEnforced",
  "period",
  "withoutOverlaps",
  "notNullNoInherit",
  "notNullNotValid",
];

/** The words that an option takes; undefined where any value will do. */
const findWords = (option: string): readonly unknown[] | undefined =>
  FLAGS.includes(option) ? [true] : WORDS.get(option);

/**
 * The part of an object's options that PostgreSQL reads.
 *
 * @param place what the object is called in an error
 * @throws OperationError (unknownOption)
 */
export function readOptions<Place extends keyof PostgresOptionShapes>(
  options: DialectOptions | undefined,
  kind: Place,
  place: string,
): PostgresOptionShapes[Place] {
  const own = options?.["postgres"] ?? {};
  const known = POSTGRES_OPTION_NAMES[kind].map(String);
  for (const [option, value] of Object.entries(own)) {
    if (!known.includes(option)) throw operationErrors.unknownOption({ dialect: ENGINE, place, option, known });
    const words = findWords(option);
    if (words && !words.includes(value)) {
      const wrong = `${option}: ${JSON.stringify(value)}`;
      throw operationErrors.unknownOption({ dialect: ENGINE, place, option: wrong, known: words.map(String) });
    }
  }
  return own;
}
