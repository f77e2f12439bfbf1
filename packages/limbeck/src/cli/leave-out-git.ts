import { isInRepository } from "../scripts/is-in-repository.ts";

/** What repairs an error, without questions to a repository of Git where there is none. */
export function leaveOutGit(fixes: readonly string[], code: string, folder: string): readonly string[] {
  const others = fixes.filter((fix) => !fix.startsWith("git "));
  if (others.length === fixes.length || isInRepository(folder)) return fixes;
  return others.length > 0 ? others : [`limbeck explain ${code}`];
}
