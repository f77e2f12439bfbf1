import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { collectAncestors, collectDescendants, collectLineage } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { ParsedTarget } from "./parse-target.ts";
import { readTarget, resolveBranch, resolveSingle, resolveSymbol } from "./resolve-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import { splitRange, type TargetRange } from "./split-range.ts";
import { checkTargetsApart } from "./upgrade-path.ts";
import { walk, type Place } from "./walk.ts";

type Rows = readonly GraphNode[] | undefined;

/** Walks as far as the graph goes: a range that asks for more than there is shows what there is. */
function walkClamped(core: GraphCore, target: ParsedTarget, start: Place): readonly GraphNode[] {
  const { text, offset: steps = 0, branch } = target;
  const within = branch === undefined ? undefined : collectLineage(resolveBranch(core, branch), "versioned");
  const { place } = walk(core, start, { text, steps, within });
  return place === "base" ? [] : [place];
}

function resolveUpper(
  core: GraphCore,
  target: ParsedTarget,
  lower: readonly GraphNode[],
  rows: Rows,
): readonly GraphNode[] {
  if (target.offset === undefined) return resolveSymbol(core, target, rows);
  if (target.symbol !== undefined) return walkClamped(core, target, resolveSingle(core, target, rows) ?? "base");
  if (target.offset <= 0) throw graphErrors.wrongDirection({ target: target.text, command: "history" });
  if (lower.length > 1) throw graphErrors.ambiguousStart({ target: target.text, starts: lower.map(({ id }) => id) });
  return walkClamped(core, target, lower[0] ?? "base");
}

function resolveLower(core: GraphCore, target: ParsedTarget, rows: Rows): readonly GraphNode[] {
  if (target.offset === undefined) return resolveSymbol(core, target, rows);
  // A bare `+N` counts from the beginning.
  const start = target.symbol === undefined ? "base" : (resolveSingle(core, target, rows) ?? "base");
  return walkClamped(core, target, start);
}

/** `label@base:heads` shows one branch: of several upper ends, those on its line. */
function keepOnBranch(core: GraphCore, nodes: readonly GraphNode[], branch: string | undefined): readonly GraphNode[] {
  if (branch === undefined) return nodes;
  const lineage = collectLineage(resolveBranch(core, branch), "versioned");
  return nodes.filter((node) => lineage.has(node));
}

/** The revisions at most N steps below the upper ends, along all their parents. */
function collectNearest(uppers: readonly GraphNode[], steps: number): ReadonlySet<GraphNode> {
  const found = new Set(uppers);
  let edge = uppers;
  for (let step = 0; step < steps && edge.length > 0; step++) {
    edge = [...new Set(edge.flatMap((node) => node.parents))].filter((node) => !found.has(node));
    for (const node of edge) found.add(node);
  }
  return found;
}

/** `a..b` is what git calls a range, and `limbeck squash`; a name may have dots as well. */
function splitDots({ byName }: GraphCore, text: string): TargetRange | undefined {
  const [from = "", to, ...more] = byName.has(text) ? [text] : text.split("..");
  return to === undefined || more.length > 0 ? undefined : { from: from.trim(), to: to.trim() };
}

function reverseRange({ from, to }: TargetRange): string {
  return `${to || "heads"}:${from || "base"}`;
}

/** The lower ends, and what builds on them and leads to the upper ends, which may also depend on them; everything below these when there is no lower end. */
function collectBetween(
  lowers: readonly GraphNode[],
  uppers: readonly GraphNode[],
  { text, range }: { readonly text: string; readonly range: TargetRange },
): ReadonlySet<GraphNode> {
  const reached = collectAncestors(uppers, "all");
  if (lowers.length === 0) return reached;
  const stray = lowers.find((node) => !reached.has(node));
  if (stray) {
    const below = collectAncestors(lowers, "all");
    const reversed = uppers.every((node) => below.has(node)) ? reverseRange(range) : undefined;
    throw graphErrors.notAnAncestor({ range: text, lower: stray.id, uppers: uppers.map(({ id }) => id), reversed });
  }
  const outside = collectAncestors(lowers, "all").difference(new Set(lowers));
  const above = collectDescendants(lowers, "versioned");
  // An upper end that only depends on the lower one was asked for all the same.
  const ends = collectDescendants(lowers, "all").intersection(new Set(uppers));
  return reached.difference(outside).intersection(above.union(ends));
}

/** Orders a set that may have gaps: what lies between its parts has to be counted, or they could change places. */
function orderWithGaps(shown: ReadonlySet<GraphNode>, uppers: readonly GraphNode[]): readonly GraphNode[] {
  const whole = collectAncestors(uppers, "all").intersection(collectDescendants(shown, "all"));
  return orderNewestFirst(whole, uppers).filter((node) => shown.has(node));
}

/**
 * Lists the revisions of a range `a:b`, `a:` or `:b`, also with two dots, newest first, both ends included.
 *
 * A bare `-N` at the lower end counts from the upper end along all lines, so `-20:head` also works across merges; a bare
 * `+N` at the upper end counts from the lower end. Where the graph is shorter than that, the range ends with it.
 *
 * @param rows what `current` stands for; undefined where no database is known
 * @throws GraphError when there is no colon and no two dots, or more than one, an end is unknown or ambiguous, or the lower end is no
 *   ancestor of the upper one
 */
export function listRange(core: GraphCore, text: string, rows?: readonly GraphNode[]): readonly GraphNode[] {
  const range = splitRange(text) ?? splitDots(core, text);
  if (!range)
    throw graphErrors.malformedTarget({ target: text, problem: "A range is written `start:end`, `start:` or `:end`." });
  const lowerTarget = readTarget(core, range.from || "base");
  const upperTarget = readTarget(core, range.to || "heads");
  const isNearest = lowerTarget.symbol === undefined && (lowerTarget.offset ?? 0) < 0;
  const lowers = isNearest ? [] : resolveLower(core, lowerTarget, rows);
  checkTargetsApart([{ text: range.from, nodes: lowers }]);
  const uppers = keepOnBranch(core, resolveUpper(core, upperTarget, lowers, rows), lowerTarget.branch);
  checkTargetsApart([{ text: range.to, nodes: uppers }]);
  const shown = isNearest
    ? collectNearest(uppers, -(lowerTarget.offset ?? 0))
    : collectBetween(lowers, uppers, { text, range });
  return orderWithGaps(shown, uppers);
}
