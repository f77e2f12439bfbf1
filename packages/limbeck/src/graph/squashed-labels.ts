import type { ReadNode } from "./read-node.ts";
import { listAround, type Replacements } from "./replacements.ts";

/**
 * Who depends on a label that a squashed revision has kept depends on all of that, even where it stands aside and the label is that of a revision in its
 * middle again. For the revisions inside, the label stays what it was.
 *
 * @returns the revisions, with the squashed one by its id where a label means it
 */
export function nameSquashedLabels(revisions: readonly ReadNode[], replacements: Replacements): readonly ReadNode[] {
  const owners = new Map<string, string[]>();
  for (const { revision, branchLabels } of revisions) {
    if (!replacements.members.has(revision)) continue;
    for (const label of branchLabels) owners.set(label, [...(owners.get(label) ?? []), revision]);
  }
  const findOwner = (label: string, dependent: string): string | undefined => {
    const around = new Set(listAround(replacements, dependent));
    const outside = (owners.get(label) ?? []).filter((squash) => !around.has(squash));
    // Of several, one inside the other, the outermost one.
    return outside.find((squash) => !listAround(replacements, squash).some((one) => outside.includes(one)));
  };
  return revisions.map((node) =>
    node.dependsOn.some((name) => owners.has(name))
      ? { ...node, dependsOn: node.dependsOn.map((name) => findOwner(name, node.revision) ?? name) }
      : node,
  );
}
