import { findClosestName } from "../kernel/closest-name.ts";
import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { collectLineage, findOverlap, keepTops } from "./lineage.ts";
import { parseTarget, type ParsedTarget } from "./parse-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import { TARGET_SYMBOLS } from "./target-symbols.ts";

const listIds = (nodes: readonly GraphNode[]): readonly string[] => nodes.map(({ id }) => id);

/** Reads a target against the names of a graph. @throws GraphError when it is malformed */
export function readTarget(core: GraphCore, text: string): ParsedTarget {
  return parseTarget(text, (name) => core.byName.has(name));
}

/** Revisions whose id or label begins like this; as in Alembic, only names of four characters or more are found so. */
function findByPrefix(core: GraphCore, prefix: string): readonly GraphNode[] {
  const found = new Set<GraphNode>();
  for (const [name, node] of core.byName) {
    if (name.length > 3 && name.startsWith(prefix)) found.add(node);
  }
  return [...found];
}

function pickOne(identifier: string, found: readonly GraphNode[]): GraphNode | undefined {
  if (found.length > 1) throw graphErrors.ambiguousPrefix({ identifier, candidates: listIds(found) });
  return found[0];
}

/**
 * Finds the revision that stands for a branch: the one with the label, or any revision, even by a partial id.
 *
 * @throws GraphError when there is none, or several begin like this
 */
export function resolveBranch(core: GraphCore, branch: string): GraphNode {
  const node = core.byName.get(branch) ?? pickOne(branch, findByPrefix(core, branch));
  if (!node) throw graphErrors.unknownBranch({ branch, labels: listLabels(core) });
  return node;
}

function listLabels(core: GraphCore): readonly string[] {
  return core.nodes.flatMap((node) => node.ownLabels);
}

function resolveName(core: GraphCore, identifier: string, branch: string | undefined): GraphNode {
  const lineage = branch === undefined ? undefined : collectLineage(resolveBranch(core, branch), "versioned");
  const exact = core.byName.get(identifier);
  if (exact) {
    if (branch !== undefined && !lineage?.has(exact)) throw graphErrors.notOnBranch({ revision: exact.id, branch });
    return exact;
  }
  const found = findByPrefix(core, identifier);
  const node = pickOne(identifier, lineage ? found.filter((candidate) => lineage.has(candidate)) : found);
  if (node) return node;
  const [elsewhere] = found;
  if (branch !== undefined && elsewhere) throw graphErrors.notOnBranch({ revision: elsewhere.id, branch });
  const similar = findClosestName(identifier, [...TARGET_SYMBOLS, ...core.byName.keys()]);
  throw graphErrors.unknownRevision({ identifier, ...(similar !== undefined && { similar }) });
}

function resolveHeads(core: GraphCore, branch: string | undefined): readonly GraphNode[] {
  if (branch === undefined) return core.realHeads;
  const lineage = collectLineage(resolveBranch(core, branch), "versioned");
  return core.heads.filter((head) => lineage.has(head));
}

/** The target with the name of a revision, or `heads`, in the place of its symbol. */
function respell({ branch, offset = 0 }: ParsedTarget, symbol: string): string {
  const steps = offset === 0 ? "" : `${offset > 0 ? "+" : ""}${offset}`;
  return `${branch === undefined ? "" : `${branch}@`}${symbol}${steps}`;
}

/** @throws GraphError always: one revision is asked for, and the target means several */
export function failSeveral(target: ParsedTarget, nodes: readonly GraphNode[], takesSeveral: boolean): never {
  const heads = listIds(nodes);
  const names = takesSeveral ? ["heads", ...heads] : heads;
  const instead = names.map((name) => respell(target, name));
  throw graphErrors.severalHeads({ target: target.text, heads, instead });
}

/** @param takesSeveral whether the one who asks can do with several revisions */
function lookUp(
  core: GraphCore,
  target: ParsedTarget,
  rows: readonly GraphNode[] | undefined,
  takesSeveral: boolean,
): readonly GraphNode[] {
  const { symbol = "heads", branch, text } = target;
  switch (symbol) {
    case "heads":
      return resolveHeads(core, branch);
    case "head": {
      const heads = branch === undefined ? core.heads : resolveHeads(core, branch);
      if (heads.length > 1) failSeveral(target, heads, takesSeveral);
      return heads;
    }
    case "base":
      // Nothing to look up, but a mistyped branch must not pass for "nothing to do".
      if (branch !== undefined) resolveBranch(core, branch);
      return [];
    case "current": {
      if (!rows) throw graphErrors.malformedTarget({ target: text, problem: "`current` needs a database to ask." });
      if (branch === undefined) return rows;
      const lineage = collectLineage(resolveBranch(core, branch), "versioned");
      return rows.filter((row) => lineage.has(row));
    }
    default:
      return [resolveName(core, symbol, branch)];
  }
}

/**
 * Looks up the absolute part of a target: everything but its `+N` or `-N`.
 *
 * @param rows what `current` stands for; undefined where no database is known
 * @returns several revisions for `heads` and `current`, none for `base`
 * @throws GraphError when something is unknown, ambiguous, not on its branch, or `head` is several
 */
export const resolveSymbol = (
  core: GraphCore,
  target: ParsedTarget,
  rows?: readonly GraphNode[],
): readonly GraphNode[] => lookUp(core, target, rows, true);

/**
 * Looks up the absolute part of a target that must be one revision.
 *
 * @returns undefined for `base`
 * @throws GraphError as {@link resolveSymbol}, and when it is several revisions
 */
export function resolveSingle(
  core: GraphCore,
  target: ParsedTarget,
  rows?: readonly GraphNode[],
): GraphNode | undefined {
  const nodes = lookUp(core, target, rows, false);
  if (nodes.length > 1) failSeveral(target, nodes, false);
  return nodes[0];
}

/**
 * Finds the revisions of the version table, which hold whole ids.
 *
 * @throws GraphError when a row names a revision that the graph does not have
 */
export function resolveRows(core: GraphCore, rows: readonly string[]): readonly GraphNode[] {
  const found = rows.map((row) => {
    const node = core.byName.get(row);
    // A row holds an id, never a label.
    if (!node || (node.id !== row && !core.aliases.has(row))) throw graphErrors.unknownRow({ revision: row });
    return node;
  });
  return [...new Set(found)];
}

/** @throws GraphError when one of the rows is an ancestor of another: then nobody knows what is applied */
export function checkRowsApart(rows: readonly GraphNode[]): void {
  const overlap = findOverlap(rows);
  if (!overlap) return;
  throw graphErrors.overlappingRows({
    upper: overlap.upper.id,
    lower: overlap.lower.id,
    tops: listIds(keepTops(rows)),
  });
}
