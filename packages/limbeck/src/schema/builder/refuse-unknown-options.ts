import { operationErrors } from "../../kernel/errors/operation-errors.ts";

/** The keys of an options type, each named once; leaving one out does not compile. */
export function listOptions<Options extends object>(options: {
  readonly [Key in keyof Required<Options>]: true;
}): readonly string[] {
  return Object.keys(options);
}

/** A value in an error message, short. */
export function showArgument(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

/** Whether a value is an object written with braces; of another realm too, because revisions may be loaded into one of their own. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Options that are text wherever there is one of that name. */
const TEXTS: readonly string[] = ["name", "where", "column", "expression"];

function refuseOtherThanText(method: string, options: object): void {
  const wrong = Object.entries(options).find(
    ([key, value]) => TEXTS.includes(key) && value !== undefined && typeof value !== "string",
  );
  if (wrong === undefined) return;
  const [key, value] = wrong;
  throw operationErrors.wrongArgument({ method, expected: `a text as "${key}"`, found: showArgument(value) });
}

/**
 * Refuses options that nobody would read: files run with their types stripped, so nothing else tells.
 *
 * @param method the call as it is written, for example `op.createIndex`
 * @param instead what to write in place of words of other tools, by the word
 * @throws OperationError (unknownArgument, wrongArgument)
 */
export function refuseUnknownOptions(
  method: string,
  options: unknown,
  known: readonly string[],
  instead: ReadonlyMap<string, string> = new Map(),
): void {
  if (options === undefined) return;
  if (!isPlainObject(options)) {
    const expected = `an object of options (${known.join(", ")})`;
    throw operationErrors.wrongArgument({ method, expected, found: showArgument(options) });
  }
  const option = Object.keys(options).find((key) => !known.includes(key));
  if (option === undefined) return refuseOtherThanText(method, options);
  const advice = instead.get(option);
  throw operationErrors.unknownArgument({
    method,
    option,
    known,
    ...(advice !== undefined && { instead: advice }),
  });
}
