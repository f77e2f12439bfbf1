import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { normalizeDependencies } from "./normalize-dependencies.ts";
import type { GraphCore, GraphNode, RevisionNode } from "./revision-node.ts";
import { spreadLabels } from "./spread-labels.ts";
import { checkAcyclic, checkLabel, checkRevisionId } from "./validate-graph.ts";

/** A node whose edges are still being filled in; nobody sees one once the graph is built. */
interface Draft extends GraphNode {
  readonly labels: Set<string>;
  readonly parents: Draft[];
  readonly dependencies: Draft[];
  readonly prerequisites: GraphNode[];
  readonly allDown: Draft[];
  readonly children: Draft[];
  readonly followers: Draft[];
}

const toList = (value: string | readonly string[] | null | undefined): readonly string[] => {
  if (value === null || value === undefined) return [];
  return typeof value === "string" ? [value] : [...new Set(value)];
};

function createDraft(revision: RevisionNode, index: number): Draft {
  checkRevisionId(revision.revision);
  return {
    id: revision.revision,
    index,
    ownLabels: toList(revision.branchLabels),
    labels: new Set(),
    parents: [],
    dependencies: [],
    prerequisites: [],
    allDown: [],
    children: [],
    followers: [],
  };
}

function indexById(revisions: readonly RevisionNode[]): Map<string, Draft> {
  const byId = new Map<string, Draft>();
  for (const [index, revision] of revisions.entries()) {
    const draft = createDraft(revision, index);
    if (byId.has(draft.id)) throw graphErrors.duplicateRevision({ revision: draft.id });
    byId.set(draft.id, draft);
  }
  return byId;
}

function indexByName(byId: ReadonlyMap<string, Draft>): Map<string, Draft> {
  const byName = new Map(byId);
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

function linkParents(draft: Draft, revision: RevisionNode, byId: ReadonlyMap<string, Draft>): void {
  for (const id of toList(revision.downRevision)) {
    if (id === draft.id) throw graphErrors.selfLoop({ revision: id, field: "downRevision" });
    const parent = byId.get(id);
    if (!parent) throw graphErrors.missingParent({ revision: draft.id, missing: id });
    draft.parents.push(parent);
    draft.allDown.push(parent);
    parent.children.push(draft);
    parent.followers.push(draft);
  }
}

function linkDependencies(draft: Draft, revision: RevisionNode, byName: ReadonlyMap<string, Draft>): void {
  for (const name of toList(revision.dependsOn)) {
    const dependency = byName.get(name);
    if (!dependency) throw graphErrors.missingDependency({ revision: draft.id, missing: name });
    if (dependency === draft) throw graphErrors.selfLoop({ revision: draft.id, field: "dependsOn" });
    // A label and the id behind it are one dependency.
    if (draft.dependencies.includes(dependency)) continue;
    draft.dependencies.push(dependency);
    if (draft.parents.includes(dependency)) continue;
    draft.allDown.push(dependency);
    dependency.followers.push(draft);
  }
}

/**
 * Links revisions into a graph and refuses one that is not sound.
 *
 * @throws GraphError for an illegal, reserved or duplicate id or label, a missing parent or dependency, a loop or a cycle
 */
export function buildGraph(revisions: readonly RevisionNode[]): GraphCore {
  const byId = indexById(revisions);
  const byName = indexByName(byId);
  const nodes = [...byId.values()];
  for (const [index, revision] of revisions.entries()) {
    const draft = nodes[index];
    if (!draft) continue;
    linkParents(draft, revision, byId);
    linkDependencies(draft, revision, byName);
  }
  checkAcyclic(nodes);
  const normalized = normalizeDependencies(nodes);
  for (const draft of nodes) {
    const kept = normalized.get(draft) ?? draft.dependencies;
    draft.prerequisites.push(
      ...draft.parents,
      ...kept.filter((node) => !draft.parents.some((parent) => parent === node)),
    );
  }
  spreadLabels(nodes, (node, label) => byId.get(node.id)?.labels.add(label));
  return {
    nodes,
    byName,
    heads: nodes.filter((node) => node.children.length === 0),
    bases: nodes.filter((node) => node.parents.length === 0),
    realHeads: nodes.filter((node) => node.followers.length === 0),
  };
}
