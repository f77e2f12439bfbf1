import { callConfig, refuseAnswer, type WrongAnswer } from "../config/call-config.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Introspection, UnmanagedObject, UnreadObject } from "../dialect/dialect.ts";
import { findHidden, type ComparedObject, type IncludeCompared } from "../diff/mask/compared-object.ts";
import { maskSchema, type MaskOptions } from "../diff/mask/mask-schema.ts";
import type { Renames } from "../diff/renames/rename.ts";
import type { Schema } from "../schema/model/schema.ts";

/** What may be on one side, and was not shown. */
type Shown = Pick<Introspection, "schema" | "unread">;

/** Takes out of what is wanted what the config leaves out, and what one side does not show, once some renames are carried out. */
export type MaskTarget = (renames: Renames) => {
  readonly target: Schema;
  /** What is there and left out by the config, as it is reported. */
  readonly leftOut: readonly UnmanagedObject[];
  /** What one side has, and the other may have and does not show, as it is reported. */
  readonly hidden: readonly UnmanagedObject[];
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

const HIDDEN = "the server does not show to this user whether it is there, and what it is";

/** Whether something may be on the other side, which does not show it. */
function createHides({ schema, unread = [] }: Shown): (compared: ComparedObject) => boolean {
  if (unread.length === 0) return () => false;
  const shown = new Set(findHidden(schema, () => false).map((one) => JSON.stringify([nameKind(one), one.name])));
  const isMeant = (compared: ComparedObject, { kind, name }: UnreadObject): boolean =>
    kind === nameKind(compared) && (name === undefined || name === compared.name);
  return (compared) =>
    !shown.has(JSON.stringify([nameKind(compared), compared.name])) && unread.some((one) => isMeant(compared, one));
}

/**
 * Finds what takes no part in a comparison: what the config leaves out, and what a side does not show.
 *
 * @throws ConfigError when a function of the config fails, or says something else than true or false
 */
export async function createTargetMask(
  config: ResolvedConfig,
  found: Shown,
  wanted: Shown,
  how: Omit<MaskOptions, "renames">,
): Promise<MaskTarget> {
  if (!config.includeName && !config.includeObject && !found.unread && !wanted.unread) {
    return () => ({ target: wanted.schema, leftOut: [], hidden: [] });
  }
  const wrong: WrongAnswer[] = [];
  const include = createInclude(config, (answer) => wrong.push(answer));
  const [isHiddenThere, isHiddenHere] = [createHides(found), createHides(wanted)];
  const leftOut = await callConfig(config, () => ({
    found: findHidden(found.schema, (compared) => include(compared, "found")),
    wanted: findHidden(wanted.schema, (compared) => include(compared, "wanted")),
  }));
  for (const answer of wrong) refuseAnswer(config, answer);
  const unread = {
    found: findHidden(found.schema, (compared) => !isHiddenHere(compared)),
    wanted: findHidden(wanted.schema, (compared) => !isHiddenThere(compared)),
  };
  const parts = { found: [...leftOut.found, ...unread.found], wanted: [...leftOut.wanted, ...unread.wanted] };
  const report = (objects: readonly ComparedObject[], reason: string): readonly UnmanagedObject[] =>
    objects.map((one) => ({ kind: nameKind(one), name: one.name ?? "without a name", reason }));
  return (renames) => {
    const { target, kept } = maskSchema(found.schema, wanted.schema, parts, { ...how, renames });
    return {
      target,
      leftOut: report(
        kept.filter(({ object }) => unread.found.every((one) => one.object !== object)),
        LEFT_OUT,
      ),
      hidden: report([...unread.found, ...unread.wanted], HIDDEN),
    };
  };
}
