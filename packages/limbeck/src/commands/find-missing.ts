import { foldName } from "../kernel/fold-name.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import type { DiffRules } from "../diff/diff-rules.ts";

/** Something that is wanted and that operations cannot create: somebody has to write it. */
export interface MissingObject {
  /** The engine's word for it, for example `virtual table`. */
  readonly kind: string;
  readonly name: string;
  /** `+` where there is none, `~` where there is another one. */
  readonly sign: "+" | "~";
  readonly reason: string;
}

/**
 * What is wanted beyond the model, and is not there.
 *
 * @param names what both are called in messages
 */
export function findMissing(
  wanted: readonly UnmanagedObject[],
  found: readonly UnmanagedObject[],
  names: { readonly from: string; readonly to: string },
  { foldTableNames, sameExpression }: DiffRules,
): readonly MissingObject[] {
  const key = (name: string): string => (foldTableNames ? foldName(name) : name);
  return wanted.flatMap(({ kind, name, definition }): readonly MissingObject[] => {
    // What has none comes along with something else.
    if (definition === undefined) return [];
    const own = found.find((one) => one.kind === kind && key(one.name) === key(name));
    if (own?.definition === undefined) {
      return [{ kind, name, sign: "+", reason: `it is in ${names.to} and not in ${names.from}` }];
    }
    if (sameExpression(own.definition, definition)) return [];
    return [{ kind, name, sign: "~", reason: `it is another one in ${names.to} than in ${names.from}` }];
  });
}

/** What is to be done, as the changes of a comparison are listed. */
export function describeMissing({ kind, name, sign }: MissingObject): string {
  return `${sign} ${sign === "+" ? "create" : "change"} ${kind} ${name}`;
}

/** The command that begins a revision for it. */
export function adviseMissing({ name, sign }: MissingObject): string {
  const verb = sign === "+" ? "create" : "change";
  return `limbeck revision -m ${JSON.stringify(`${verb} ${name}`)}`;
}
