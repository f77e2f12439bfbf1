import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import { MYSQL_OPTION_NAMES, type MysqlOptionShapes } from "../options.ts";

/** What the engines are called in errors. */
export const ENGINE = "MySQL and MariaDB";

/** A word that is written into SQL as it is. */
const WORD = /^\w+$/;
const NUMBER = /^\d+$/;

/** Options whose value is written into SQL as it is, and what it may look like. */
const SHAPES: ReadonlyMap<string, readonly [pattern: RegExp, known: string]> = new Map([
  ["engine", [WORD, "a word"]],
  ["collation", [WORD, "a word"]],
  ["charset", [WORD, "a word"]],
  ["rowFormat", [WORD, "a word"]],
  ["method", [WORD, "a word"]],
  ["kind", [/^(?:fulltext|spatial)$/, "fulltext, spatial"]],
  ["length", [NUMBER, "a number"]],
  ["lengths", [/^\{("[^"]*":\d+,?)*\}$/, "numbers by column"]],
  ["systemVersioned", [/^true$/, "true"]],
  ["invisible", [/^true$/, "true"]],
  ["unversioned", [/^true$/, "true"]],
  ["unused", [/^true$/, "true"]],
  ["systemPeriod", [/^\["(?:[^"\\]|\\.)+","(?:[^"\\]|\\.)+"\]$/, "the names of two columns"]],
  ["period", [/^\{.*"name":.*\}$/, "name, start and end"]],
  ["rowTime", [/^(?:start|end)$/, "start, end"]],
  ["withoutOverlaps", [/./, "the name of a period"]],
  ["security", [/^invoker$/, "invoker"]],
  ["algorithm", [/^(?:merge|temptable)$/, "merge, temptable"]],
]);

/**
 * The part of an object's options that this engine reads.
 *
 * @param place what the object is called in an error
 * @throws OperationError (unknownOption)
 */
export function readOptions<Place extends keyof MysqlOptionShapes>(
  options: DialectOptions | undefined,
  kind: Place,
  place: string,
): MysqlOptionShapes[Place] {
  const own = options?.["mysql"] ?? {};
  const known = MYSQL_OPTION_NAMES[kind].map(String);
  for (const [option, value] of Object.entries(own)) {
    if (!known.includes(option)) throw operationErrors.unknownOption({ dialect: ENGINE, place, option, known });
    const [pattern, expected = ""] = SHAPES.get(option) ?? [];
    if (pattern && !pattern.test(typeof value === "string" ? value : JSON.stringify(value))) {
      const wrong = `${option}: ${JSON.stringify(value)}`;
      throw operationErrors.unknownOption({ dialect: ENGINE, place, option: wrong, known: [expected] });
    }
  }
  return own;
}

const SETTING_NAME = /^\w+(?: DIRECTORY)?$/i;

/** A word, a text in quotation marks, or names in parentheses. */
const SETTING_VALUE = /^(?:\w+|'(?:[^'\\]|''|\\[^])*'|\((?:`(?:[^`]|``)*`,? ?)+\))$/;

/** Settings of a storage engine, as they are written. @throws OperationError (unknownOption) */
export function readSettings(settings: Readonly<Record<string, string>> = {}): readonly (readonly [string, string])[] {
  return Object.entries(settings).map(([name, value]) => {
    if (SETTING_NAME.test(name) && SETTING_VALUE.test(value)) return [name.toUpperCase(), value] as const;
    const option = `${name}: ${JSON.stringify(value)}`;
    throw operationErrors.unknownOption({
      dialect: ENGINE,
      place: "The settings of a table",
      option,
      known: ["a word, a text in quotation marks, or names in parentheses"],
    });
  });
}
