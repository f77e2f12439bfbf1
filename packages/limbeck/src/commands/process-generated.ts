import { isDeepStrictEqual } from "node:util";
import { callConfig } from "../config/call-config.ts";
import type { GeneratedRevision } from "../config/limbeck-config.ts";
import { applyOperations } from "../ops/apply/apply-operation.ts";
import type { Comparison } from "./compare.ts";
import type { Environment } from "./environment.ts";

/** What is to be written, and where that leads. */
export interface ProcessedRevision extends GeneratedRevision {
  readonly comparison: Comparison;
}

/**
 * Lets the config change what autogenerate found. Where it does, the revision leads to what its own operations make of the schema.
 *
 * @throws ConfigError when `processRevision` fails
 * @throws OperationError when an operation that it gives cannot be made
 */
export async function processGenerated(
  { config }: Environment,
  comparison: Comparison,
  generated: GeneratedRevision,
): Promise<ProcessedRevision> {
  const { processRevision } = config;
  if (!processRevision) return { ...generated, comparison };
  const processed = await callConfig(config, () => processRevision(generated));
  if (isDeepStrictEqual(processed.upgrade, generated.upgrade)) return { ...processed, comparison };
  const target = applyOperations(processed.upgrade, comparison.current);
  return { ...processed, comparison: { ...comparison, operations: processed.upgrade, target } };
}
