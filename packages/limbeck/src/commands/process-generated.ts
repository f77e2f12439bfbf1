import { isDeepStrictEqual } from "node:util";
import { callConfig, refuseAnswer } from "../config/call-config.ts";
import type { GeneratedRevision } from "../config/limbeck-config.ts";
import { applyOperations } from "../ops/apply/apply-operation.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import type { Operation } from "../ops/operation.ts";
import type { Comparison } from "./compare.ts";
import type { Environment } from "./environment.ts";

/** What is to be written, and where that leads. */
export interface ProcessedRevision extends GeneratedRevision {
  readonly comparison: Comparison;
}

/** What is no operation cannot be described. */
function isReadable(operation: Operation): boolean {
  try {
    return describeOperation(operation) !== "";
  } catch {
    return false;
  }
}

/** A config is not always checked by a compiler. */
function isRevision(answer: Partial<GeneratedRevision> | undefined): answer is GeneratedRevision {
  const { message, upgrade, downgrade } = answer ?? {};
  const operations = [upgrade, downgrade].flatMap((list) => (Array.isArray(list) ? list : [list]));
  return typeof message === "string" && operations.every(isReadable);
}

/**
 * Lets the config change what autogenerate found. Where it does, the revision leads to what its own operations make of the schema.
 *
 * @throws ConfigError when `processRevision` fails, or gives no revision
 * @throws OperationError when an operation that it gives cannot be made
 */
export async function processGenerated(
  { config }: Environment,
  comparison: Comparison,
  generated: GeneratedRevision,
): Promise<ProcessedRevision> {
  const { processRevision } = config;
  if (!processRevision) return { ...generated, comparison };
  // It may change what it is given; what it was is compared with that.
  const processed = await callConfig(config, () => processRevision(structuredClone(generated)));
  if (!isRevision(processed)) {
    const expected = "a function that gives { message, upgrade, downgrade }, with operations in both lists";
    refuseAnswer(config, { key: "processRevision", expected, answer: processed });
  }
  if (isDeepStrictEqual(processed.upgrade, generated.upgrade)) return { ...processed, comparison };
  const target = applyOperations(processed.upgrade, comparison.current);
  return { ...processed, comparison: { ...comparison, operations: processed.upgrade, target } };
}
