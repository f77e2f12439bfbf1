import type { ConformanceCases } from "../conformance-case.ts";
import { COLUMN_CASES } from "./column-cases.ts";
import { CONSTRAINT_CASES } from "./constraint-cases.ts";
import { OBJECT_CASES } from "./object-cases.ts";
import { OTHER_CASES } from "./other-cases.ts";
import { SOFT_DELETE_CASES } from "./soft-delete-cases.ts";
import { TABLE_CASES } from "./table-cases.ts";

/** What every engine has to do, kind by kind. */
export const CASES: ConformanceCases = {
  ...TABLE_CASES,
  ...COLUMN_CASES,
  ...CONSTRAINT_CASES,
  ...SOFT_DELETE_CASES,
  ...OTHER_CASES,
  ...OBJECT_CASES,
};
