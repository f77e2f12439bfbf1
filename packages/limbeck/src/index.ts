/**
 * `limbeck`: the config, what revisions are typed with, the revision graph, and every command as a function.
 *
 * @module
 */
export { defineConfig } from "./config/limbeck-config.ts";
export type { ConfigContext, ConfigExport, LimbeckConfig } from "./config/limbeck-config.ts";
export type { Operations, BatchOperations, ColumnChanges } from "./runtime/operations.ts";
export type { Row } from "./dialect/connection.ts";
export type { Operation, SqlValue } from "./ops/operation.ts";
export { RevisionGraph } from "./graph/revision-graph.ts";
export type { RevisionNode } from "./graph/revision-node.ts";
export type { RevisionPlan, StampPlan, PlanStep, VersionRowAction } from "./graph/revision-plan.ts";
export { LimbeckError } from "./kernel/errors/limbeck-error.ts";
export { GraphError } from "./kernel/errors/graph-errors.ts";
export { EXIT_CODES } from "./kernel/exit-code.ts";
