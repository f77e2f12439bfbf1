import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { normalizeDependencies } from "./normalize-dependencies.ts";
import type { ReadNode } from "./read-node.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import { spreadLabels } from "./spread-labels.ts";
import { checkAcyclic, checkLabel, checkRevisionId } from "./validate-graph.ts";

/**
 * A node whose edges are still being filled in; nobody sees one once the graph is built. Most revisions have one parent
 * and no dependency, so the lists that lead down are shared where they agree.
 */
interface Draft extends GraphNode {
  parents: readonly Draft[];
  dependencies: readonly Draft[];
  prerequisites: readonly GraphNode[];
  allDown: readonly Draft[];
  readonly children: Draft[];
  readonly followers: Draft[];
}

const NONE: readonly never[] = [];

function createDraft(revision: ReadNode, index: number): Draft {
  checkRevisionId(revision.revision);
  return {
    id: revision.revision,
    index,
    ownLabels: revision.branchLabels,
    replaces: revision.replaces,
    parents: NONE,
    dependencies: NONE,
    prerequisites: NONE,
    allDown: NONE,
    children: [],
    followers: [],
  };
}

function indexById(revisions: readonly ReadNode[]): Map<string, Draft> {
  const byId = new Map<string, Draft>();
  for (const [index, revision] of revisions.entries()) {
    if (byId.has(revision.revision)) throw graphErrors.duplicateRevision({ revision: revision.revision });
    byId.set(revision.revision, createDraft(revision, index));
  }
  return byId;
}

function indexAliases(
  byId: ReadonlyMap<string, Draft>,
  aliases: ReadonlyMap<string, string>,
): ReadonlyMap<string, Draft> {
  const found = new Map<string, Draft>();
  for (const [alias, id] of aliases) {
    const draft = byId.get(id);
    if (draft) found.set(alias, draft);
  }
  return found;
}

function indexByName(
  byId: ReadonlyMap<string, Draft>,
  aliases: ReadonlyMap<string, Draft>,
): ReadonlyMap<string, Draft> {
  const byName = new Map([...byId, ...aliases]);
  for (const draft of byId.values()) {
    for (const label of draft.ownLabels) {
      checkLabel(label, draft.id);
      const other = byName.get(label);
      if (other) throw graphErrors.duplicateLabel({ label, revision: draft.id, other: other.id });
      byName.set(label, draft);
    }
  }
  return byName;
}

function findParents(draft: Draft, revision: ReadNode, byId: ReadonlyMap<string, Draft>): readonly Draft[] {
  return revision.downRevision.map((id) => {
    if (id === draft.id) throw graphErrors.selfLoop({ revision: id, field: "downRevision" });
    const parent = byId.get(id);
    if (!parent) throw graphErrors.missingParent({ revision: draft.id, missing: id });
    return parent;
  });
}

function findDependencies(draft: Draft, revision: ReadNode, byName: ReadonlyMap<string, Draft>): readonly Draft[] {
  const names = revision.dependsOn;
  if (names.length === 0) return NONE;
  const found = names.map((name) => {
    const dependency = byName.get(name);
    if (!dependency) throw graphErrors.missingDependency({ revision: draft.id, missing: name });
    if (dependency === draft) throw graphErrors.selfLoop({ revision: draft.id, field: "dependsOn" });
    return dependency;
  });
  // A label and the id behind it are one dependency.
  return [...new Set(found)];
}

function joinLists<Node extends GraphNode>(parents: readonly Node[], others: readonly Node[]): readonly Node[] {
  return others.length === 0 ? parents : [...new Set([...parents, ...others])];
}

function linkUpwards(draft: Draft): void {
  for (const below of draft.parents) {
    below.children.push(draft);
    below.followers.push(draft);
  }
  if (draft.allDown === draft.parents) return;
  for (const below of draft.allDown) {
    if (!draft.parents.includes(below)) below.followers.push(draft);
  }
}

/**
 * Links revisions into a graph and refuses one that is not sound.
 *
 * @param aliases other ids that mean one of the revisions
 * @throws GraphError for an illegal, reserved or duplicate id or label, a missing parent or dependency, a loop or a cycle
 */
export function buildGraph(
  revisions: readonly ReadNode[],
  aliases: ReadonlyMap<string, string> = new Map(),
): GraphCore {
  const byId = indexById(revisions);
  const byAlias = indexAliases(byId, aliases);
  const byName = indexByName(byId, byAlias);
  const nodes = [...byId.values()];
  for (const revision of revisions) {
    const draft = byId.get(revision.revision);
    if (!draft) continue;
    draft.parents = findParents(draft, revision, byId);
    draft.dependencies = findDependencies(draft, revision, byName);
    draft.allDown = joinLists(draft.parents, draft.dependencies);
    linkUpwards(draft);
  }
  checkAcyclic(nodes);
  const normalized = normalizeDependencies(nodes);
  for (const draft of nodes) {
    draft.prerequisites = joinLists<GraphNode>(draft.parents, normalized.get(draft) ?? draft.dependencies);
  }
  let labelsOf: GraphCore["labelsOf"] | undefined;
  return {
    nodes,
    // Plans do not ask, and with many labels it is the most expensive part.
    labelsOf: (node) => (labelsOf ??= spreadLabels(nodes))(node),
    byName,
    aliases: byAlias,
    heads: nodes.filter((node) => node.children.length === 0),
    bases: nodes.filter((node) => node.parents.length === 0),
    realHeads: nodes.filter((node) => node.followers.length === 0),
  };
}
