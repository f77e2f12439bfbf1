import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { DisableSoftDeleteOptions, EnableSoftDeleteOptions } from "../../ops/soft-delete/soft-delete-options.ts";
import {
  isPlainObject,
  listOptions,
  refuseUnknownOptions,
  showArgument,
} from "../../schema/builder/refuse-unknown-options.ts";

const ENABLE_OPTIONS = listOptions<EnableSoftDeleteOptions>({ column: true, unique: true, index: true });
const DISABLE_OPTIONS = listOptions<DisableSoftDeleteOptions>({ column: true, unique: true });

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string");

const isNamedColumns = (value: unknown): boolean =>
  isNames(value) ||
  (isPlainObject(value) &&
    "columns" in value &&
    isNames(value.columns) &&
    "name" in value &&
    typeof value.name === "string");

type Check = (method: string, value: unknown) => void;

const createCheck =
  (known: readonly string[]): Check =>
  (method, value) => {
    refuseUnknownOptions(method, value, known);
    if (!isPlainObject(value)) return;
    for (const [option, given] of Object.entries(value)) {
      const found: unknown = given;
      const isRight =
        found === undefined ||
        (option === "column" ? typeof found === "string" : Array.isArray(found) && found.every(isNamedColumns));
      const expected =
        option === "column"
          ? 'the name of a column as "column"'
          : `lists of columns as "${option}", for example [["title"]]`;
      if (!isRight) throw operationErrors.wrongArgument({ method, expected, found: showArgument(found) });
    }
  };

/** @throws OperationError when an option of `op.enableSoftDelete` is of another kind than it has to be */
export const checkEnableOptions: Check = createCheck(ENABLE_OPTIONS);

/** @throws OperationError when an option of `op.disableSoftDelete` is of another kind than it has to be */
export const checkDisableOptions: Check = createCheck(DISABLE_OPTIONS);
