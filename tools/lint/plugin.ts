import type { Plugin } from "@oxlint/plugins";
import { cataloguedErrors } from "./rules/catalogued-errors.ts";
import { explainedAssertions } from "./rules/explained-assertions.ts";
import { layers } from "./rules/layers.ts";
import { noDialectNames } from "./rules/no-dialect-names.ts";
import { noModuleState } from "./rules/no-module-state.ts";

/** The rules of docs/architecture.md that no linter knows, as an oxlint plugin. */
const plugin: Plugin = {
  meta: { name: "limbeck" },
  rules: {
    "catalogued-errors": cataloguedErrors,
    "explained-assertions": explainedAssertions,
    layers,
    "no-dialect-names": noDialectNames,
    "no-module-state": noModuleState,
  },
};

export default plugin;
