import ts from "typescript-5";
import type { NamedSamples } from "./named-samples.ts";

/** Makes samples of data. */
export interface Sampler {
  readonly checker: ts.TypeChecker;
  readonly samples: NamedSamples;
}

/** `databaseMessage` in words: `<database message>`. */
const spellName = (name: string): string => `<${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}>`;

/** `heads`: each of them is a `head`. */
const singular = (name: string): string =>
  name
    .replace(/ies$/, "y")
    .replace(/(?<=x|ss|ch)es$/, "")
    .replace(/(?<!s)s$/, "");

/** Of several that a value may be, the first that is something. */
function chooseType(type: ts.Type): ts.Type {
  if (!type.isUnion()) return type;
  return type.types.find(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0) ?? type;
}

function makeList({ checker, samples }: Sampler, type: ts.Type, name: string): readonly unknown[] {
  // Only a reference to a list type has arguments, which is what was asked before.
  const parts = checker.getTypeArguments(type as ts.TypeReference);
  return samples.lists[name] ?? parts.map((part) => makeSample({ checker, samples }, part, singular(name)));
}

function makeObject(sampler: Sampler, type: ts.Type, name: string): unknown {
  const { checker } = sampler;
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return spellName(name);
  if (type.getCallSignatures().length > 0) return () => spellName(name);
  return Object.fromEntries(
    checker
      .getPropertiesOfType(type)
      .map((property) => [property.name, makeSample(sampler, checker.getTypeOfSymbol(property), property.name)]),
  );
}

/**
 * Data of a type, to show what a message with it looks like. Names that stand for something in every project have a value that could be one; other texts are their own
 * name in angle brackets.
 *
 * @param name what the value is called where it belongs to
 */
export function makeSample(sampler: Sampler, type: ts.Type, name: string): unknown {
  const { checker, samples } = sampler;
  const chosen = chooseType(type);
  const is = (flags: ts.TypeFlags): boolean => (chosen.flags & flags) !== 0;
  if (chosen.isStringLiteral() || chosen.isNumberLiteral()) return chosen.value;
  if (is(ts.TypeFlags.BooleanLike)) return true;
  if (is(ts.TypeFlags.NumberLike)) return samples.numbers[name] ?? 3;
  if (is(ts.TypeFlags.StringLike)) return samples.texts[name] ?? spellName(name);
  if (checker.isTupleType(chosen) || checker.isArrayType(chosen)) return makeList(sampler, chosen, name);
  return makeObject(sampler, chosen, name);
}
