/**
 * `limbeck`: the config, what revisions are typed with, and the revision graph. The commands are in `limbeck/commands`, so that loading a
 * config loads little.
 *
 * @module
 */
export type { Comparator, ComparatorContext } from "./config/comparator.ts";
export { defineConfig } from "./config/limbeck-config.ts";
export type {
  ConfigContext,
  ConfigExport,
  GeneratedRevision,
  LimbeckConfig,
  ListTenants,
  SharedConfig,
  Tenant,
} from "./config/limbeck-config.ts";
export type { ComparedObject, IncludeCompared } from "./diff/mask/compared-object.ts";

export type {
  ConfigHooks,
  HookContext,
  HookRevision,
  RevisionHookContext,
  RunHookContext,
  RunOutcomeContext,
} from "./runtime/hooks/config-hooks.ts";
export type { BackfillOptions } from "./runtime/backfill/backfill-options.ts";
export type { BatchOperations, ColumnChanges, Operations } from "./runtime/operations.ts";
export type { EnsuredRows, SeedOperations, SeedRow } from "./commands/seed/seed-operations.ts";
export type { Row } from "./dialect/connection.ts";
export type { CommandHook, PostWriteHook } from "./scripts/hooks/post-write-hook.ts";
export type { Operation, SqlValue } from "./ops/operation.ts";
export { defineOperation } from "./ops/custom/define-operation.ts";
export type { CustomDefinition, MakeOperation } from "./ops/custom/define-operation.ts";
export type { CustomContext, CustomVerbs } from "./ops/operation.ts";
export type { RevisionTemplate, TemplateContext } from "./scripts/template.ts";

export { RevisionGraph } from "./graph/revision-graph.ts";
export type { BranchParting, BranchRebase, RangeSquash } from "./graph/branch-plans.ts";
export type { EdgeKind } from "./graph/lineage.ts";
export type { StampOptions } from "./graph/stamp-path.ts";
export type { RevisionInfo } from "./graph/revision-info.ts";
export type { RevisionNode } from "./graph/revision-node.ts";
export type {
  PlanNotice,
  PlanStep,
  RevisionPlan,
  StampPlan,
  StampStep,
  VersionRowAction,
} from "./graph/revision-plan.ts";

export { GraphError } from "./kernel/errors/graph-errors.ts";
export { HistoryError } from "./kernel/errors/history-errors.ts";
export { LimbeckError } from "./kernel/errors/limbeck-error.ts";
export { EXIT_CODES } from "./kernel/exit-code.ts";
export type { ExitCode } from "./kernel/exit-code.ts";
