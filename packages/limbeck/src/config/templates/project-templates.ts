import { genericTemplate } from "./generic.ts";
import { multiDatabaseTemplate } from "./multi-database.ts";
import { packageTemplate } from "./package.ts";
import type { ProjectTemplate } from "./project-template.ts";

/** The kinds of project that `init` makes; the first one is the usual one. */
export const PROJECT_TEMPLATES: readonly [ProjectTemplate, ...ProjectTemplate[]] = [
  genericTemplate,
  multiDatabaseTemplate,
  packageTemplate,
];
