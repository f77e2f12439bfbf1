import { foldName } from "../../../kernel/fold-name.ts";

/** The spelling that a list holds of a name, or the name itself when it holds none. */
export function findSpelling(names: readonly string[], name: string): string {
  const folded = foldName(name);
  return names.find((candidate) => foldName(candidate) === folded) ?? name;
}
