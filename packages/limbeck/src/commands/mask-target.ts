import { callConfig, refuseAnswer, type WrongAnswer } from "../config/call-config.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import { findHidden, type ComparedObject, type IncludeCompared } from "../diff/mask/compared-object.ts";
import { maskSchema, type MaskOptions } from "../diff/mask/mask-schema.ts";
import type { Renames } from "../diff/renames/rename.ts";
import type { Schema } from "../schema/model/schema.ts";

/** Takes what the config leaves out of what is wanted, once some renames are carried out. */
export type MaskTarget = (renames: Renames) => {
  readonly target: Schema;
  /** What is there and left out, as it is reported. */
  readonly leftOut: readonly UnmanagedObject[];
};

const LEFT_OUT = "the config leaves it out of comparisons";

/** Asks the functions of the config; what they answer beside true and false is no answer: a promise would count as true. */
function createInclude(
  { includeName, includeObject }: ResolvedConfig,
  refuse: (wrong: WrongAnswer) => void,
): IncludeCompared {
  const read = (key: string, answer: unknown): boolean => {
    if (typeof answer !== "boolean") refuse({ key, expected: "a function that says true or false", answer });
    return answer === true;
  };
  return (compared, side) => {
    const { kind, name } = compared;
    const context = { table: "table" in compared ? compared.table : undefined };
    const isNamed =
      !includeName || side === "wanted" || name === undefined || read("includeName", includeName(name, kind, context));
    return isNamed && (!includeObject || read("includeObject", includeObject(compared, side)));
  };
}

const nameKind = (compared: ComparedObject): string =>
  compared.kind === "object" ? compared.object.kind : compared.kind;

/**
 * Finds what the config leaves out of a comparison.
 *
 * @throws ConfigError when a function of the config fails, or says something else than true or false
 */
export async function createTargetMask(
  config: ResolvedConfig,
  found: Schema,
  wanted: Schema,
  how: Omit<MaskOptions, "renames">,
): Promise<MaskTarget> {
  if (!config.includeName && !config.includeObject) return () => ({ target: wanted, leftOut: [] });
  const wrong: WrongAnswer[] = [];
  const include = createInclude(config, (answer) => wrong.push(answer));
  const hidden = await callConfig(config, () => ({
    found: findHidden(found, (compared) => include(compared, "found")),
    wanted: findHidden(wanted, (compared) => include(compared, "wanted")),
  }));
  for (const answer of wrong) refuseAnswer(config, answer);
  return (renames) => {
    const { target, kept } = maskSchema(found, wanted, hidden, { ...how, renames });
    return {
      target,
      leftOut: kept.map((one) => ({ kind: nameKind(one), name: one.name ?? "without a name", reason: LEFT_OUT })),
    };
  };
}
