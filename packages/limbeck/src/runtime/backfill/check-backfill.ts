import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isPlainObject, showArgument } from "../../schema/builder/refuse-unknown-options.ts";

const isText = (value: unknown): boolean => typeof value === "string";

const isSet = (value: unknown): boolean =>
  isPlainObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isText);

const isKey = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);

const isNumberFrom =
  (least: number) =>
  (value: unknown): boolean =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= least;

const isSeconds = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value > 0;

/** What an option has to be, and whether it is that. */
const RULES: readonly (readonly [option: string, expected: string, accepts: (value: unknown) => boolean])[] = [
  ["set", 'SQL expressions by the names of columns as "set", for example { slug: "lower(title)" }', isSet],
  ["where", 'an SQL condition as "where"', isText],
  ["key", 'a list of column names as "key"', isKey],
  ["batchSize", 'a whole number from 1 on as "batchSize"', isNumberFrom(1)],
  ["pause", 'a number of milliseconds as "pause"', isNumberFrom(0)],
  ["maxReplicaLag", 'a number of seconds above 0 as "maxReplicaLag"', isSeconds],
];

/** What of an object is no text, as numbers are that somebody wants to set. */
function showFound(found: unknown): string {
  if (!isPlainObject(found)) return showArgument(found);
  const wrong = Object.entries(found).find(([, value]) => !isText(value));
  if (wrong === undefined) return "an empty object";
  const [name, value] = wrong;
  return `${showArgument(value)} as the expression for "${name}"`;
}

/** @throws OperationError when an option of `op.backfill` is of another kind than it has to be */
export function checkBackfill(method: string, value: unknown): void {
  if (!isPlainObject(value)) return;
  const given: Readonly<Record<string, unknown>> = { ...value };
  for (const [option, expected, accepts] of RULES) {
    const found = given[option];
    const isLeftOut = found === undefined && option !== "set";
    if (!isLeftOut && !accepts(found)) {
      throw operationErrors.wrongArgument({ method, expected, found: showFound(found) });
    }
  }
}
