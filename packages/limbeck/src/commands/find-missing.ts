import { foldName } from "../kernel/fold-name.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import type { DiffRules } from "../diff/diff-rules.ts";

/** Something that the source asks for and that operations cannot create: somebody has to write it. */
export interface MissingObject {
  /** The engine's word for it, for example `virtual table`. */
  readonly kind: string;
  readonly name: string;
  /** `+` where the database has none, `~` where it has another one. */
  readonly sign: "+" | "~";
  readonly reason: string;
}

/**
 * What a source asks for beyond the model, and the database does not have.
 *
 * @param source what the source is called
 */
export function findMissing(
  wanted: readonly UnmanagedObject[],
  found: readonly UnmanagedObject[],
  source: string,
  { foldTableNames, sameExpression }: DiffRules,
): readonly MissingObject[] {
  const key = (name: string): string => (foldTableNames ? foldName(name) : name);
  return wanted.flatMap(({ kind, name, definition }): readonly MissingObject[] => {
    // What has none comes along with something else.
    if (definition === undefined) return [];
    const own = found.find((one) => one.kind === kind && key(one.name) === key(name));
    if (own?.definition === undefined) {
      return [{ kind, name, sign: "+", reason: `${source} creates it and the database has none` }];
    }
    if (sameExpression(own.definition, definition)) return [];
    return [{ kind, name, sign: "~", reason: `${source} creates it otherwise than the database has it` }];
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
