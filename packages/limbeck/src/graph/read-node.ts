import type { RevisionNode } from "./revision-node.ts";

/** The header of a revision with a list in each of its fields, each name in it once. It is nobody else's: whatever becomes of what it was read from, it stays. */
export interface ReadNode {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly replaces: readonly string[];
}

// Most fields of most revisions are empty.
const NONE: readonly never[] = Object.freeze([]);

function readList(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "string") return Object.freeze([value]);
  return value.length === 0 ? NONE : Object.freeze([...new Set(value)]);
}

/** Reads the header of a revision in whichever of its forms it is written. */
export function readNode(node: RevisionNode): ReadNode {
  return {
    revision: node.revision,
    downRevision: readList(node.downRevision),
    branchLabels: readList(node.branchLabels),
    dependsOn: readList(node.dependsOn),
    replaces: readList(node.replaces),
  };
}
