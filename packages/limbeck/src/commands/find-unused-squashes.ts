import type { Project } from "./project.ts";

/** A squashed revision that nothing goes through at present. */
export interface UnusedSquash {
  readonly revision: string;
  /** Absolute path of its file. */
  readonly path: string;
  /** Revisions that need one from the middle of what it replaces. */
  readonly because: readonly string[];
}

/** Finds squashed revisions in whose place the history has what they replace: a revision that came later builds or depends on the middle of it. */
export function findUnusedSquashes({ files, graph }: Project): readonly UnusedSquash[] {
  const used = new Set(graph.revisions);
  return files
    .filter(({ revision, replaces }) => replaces.length > 0 && !used.has(revision))
    .filter(({ revision }) => graph.replacementOf(revision) === undefined)
    .map(({ revision, path, replaces }) => {
      const middle = new Set(replaces.slice(0, -1));
      const isInside = (id: string): boolean => id === revision || replaces.includes(id);
      const because = files.filter(
        (file) => !isInside(file.revision) && [...file.downRevision, ...file.dependsOn].some((id) => middle.has(id)),
      );
      return { revision, path, because: because.map((file) => file.revision) };
    });
}

/** The same for results that say nothing of it where there are none. */
export function listUnused(project: Project): { readonly unusedSquashes?: readonly UnusedSquash[] } {
  const unusedSquashes = findUnusedSquashes(project);
  return unusedSquashes.length > 0 ? { unusedSquashes } : {};
}
