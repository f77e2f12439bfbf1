import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { buildGraph } from "./build-graph.ts";
import { parseTarget } from "./parse-target.ts";
import {
  canShow,
  findReplacement,
  listMissing,
  locate,
  reach,
  readReplacements,
  show,
  type OpenSquashes,
  type Replacements,
} from "./replacements.ts";
import type { ReadNode } from "./read-node.ts";
import type { GraphCore } from "./revision-node.ts";
import { nameSquashedLabels } from "./squashed-labels.ts";

/**
 * The graphs that revisions form some of which replace others. A squashed revision and what it replaces are never in the same graph: either it is there
 * and what it replaces is not, or the other way round. In both, the name of the squashed revision and that of the end of its range mean the same.
 */
export interface GraphViews {
  /** The graph in which no squashed revision stands aside, but for those that something outside builds on the middle of. */
  readonly whole: GraphCore;
  /**
   * The graph for a way: a squashed revision stands aside where a row or a target is in the middle of what it replaces.
   *
   * @throws GraphError when that takes files that there are not
   */
  readonly forWay: (rows: readonly string[], targets: readonly string[]) => GraphCore;
  /**
   * The graph in which revisions are looked up: what is named is there as itself, as long as there are the files.
   *
   * @throws GraphError when that takes files that there are not
   */
  readonly forNames: (identifiers: readonly string[], rows?: readonly string[]) => GraphCore;
  /** Whether a revision is in one of the graphs, be it under another name. */
  readonly has: (revision: string) => boolean;
  /** The squashed revision in whose place a revision is. */
  readonly findReplacement: (revision: string) => string | undefined;
  /** What there would have to be files of to have a revision in a graph. */
  readonly listMissing: (revision: string) => readonly string[];
}

/** The views of revisions none of which replaces another. */
export function viewOne(core: GraphCore): GraphViews {
  return {
    whole: core,
    forWay: () => core,
    forNames: () => core,
    has: (revision) => core.byName.get(revision)?.id === revision || core.aliases.has(revision),
    findReplacement: () => undefined,
    listMissing: () => [],
  };
}

/** The names that targets and ranges are made of. */
function listNames(texts: readonly string[], isName: (name: string) => boolean): readonly string[] {
  return texts
    .flatMap((text) => text.split(":"))
    .flatMap((text) => {
      try {
        const { branch, symbol } = parseTarget(text.trim(), isName);
        return [branch, symbol].filter((name) => name !== undefined);
      } catch {
        // Whoever works with the target says what is wrong with it.
        return [];
      }
    });
}

/** Builds the graph in which some squashed revisions stand aside. */
function buildView(revisions: readonly ReadNode[], replacements: Replacements, open: OpenSquashes): GraphCore {
  const { squashOf, members } = replacements;
  const isThere = ({ revision }: ReadNode): boolean => {
    const place = locate(replacements, open, revision);
    return "node" in place && place.node === revision;
  };
  const rename = (name: string): string => {
    const place = locate(replacements, open, name);
    return "node" in place ? place.node : name;
  };
  const aliases = new Map<string, string>();
  for (const name of new Set([...squashOf.keys(), ...members.keys()])) {
    const node = rename(name);
    if (node !== name) aliases.set(name, node);
  }
  const nodes = revisions.filter(isThere).map((node) => ({
    ...node,
    downRevision: [...new Set(node.downRevision.map(rename))],
    dependsOn: [...new Set(node.dependsOn.map(rename))],
  }));
  return buildGraph(nodes, aliases);
}

/**
 * Finds out which squashed revisions have to stand aside in any case, because something outside builds or depends on the middle of what they replace.
 *
 * @throws GraphError when there are not all the files that this takes
 */
function settle(revisions: readonly ReadNode[], replacements: Replacements, start: OpenSquashes): OpenSquashes {
  let open = start;
  for (;;) {
    const before = open;
    for (const { revision, downRevision, dependsOn } of revisions) {
      const place = locate(replacements, open, revision);
      if (!("node" in place) || place.node !== revision) continue;
      for (const needed of [...downRevision, ...dependsOn]) {
        try {
          open = reach(replacements, open, needed);
        } catch (error) {
          const squash = replacements.squashOf.get(needed) ?? "";
          throw graphErrors.replacedNeeded(
            { revision, needed, squash, missing: listMissing(replacements, squash) },
            error,
          );
        }
      }
    }
    if (open === before) return open;
  }
}

/**
 * A database that has run what is replaced counts as having the squashed revision, so both have to stand on the same, and the revision that
 * such a database stands at has to be the last one.
 *
 * @throws GraphError when that is not so
 */
function refuseMisplaced(revisions: readonly ReadNode[], replacements: Replacements): void {
  const byId = new Map(revisions.map((node) => [node.revision, node]));
  for (const [squash, members] of replacements.members) {
    if (!canShow(replacements, members[0] ?? "")) continue;
    const open = show(replacements, new Set(), members[0] ?? "");
    const rename = (name: string): string => {
      const place = locate(replacements, open, name);
      return "node" in place ? place.node : name;
    };
    const parentsOf = (revision: string): readonly string[] => (byId.get(revision)?.downRevision ?? []).map(rename);
    const inside = new Set(members.map(rename));
    const originals = new Set(members.flatMap(parentsOf)).difference(inside);
    const parents = new Set(parentsOf(squash));
    if (parents.symmetricDifference(originals).size > 0)
      throw graphErrors.replacementMoved({ squash, parents: [...parents], originals: [...originals] });
    const end = members.at(-1) ?? "";
    const above = members.filter((member) => member !== end && parentsOf(member).includes(rename(end)));
    if (above.length > 0) throw graphErrors.replacementDisordered({ squash, end, above });
  }
}

/**
 * Links revisions some of which replace others.
 *
 * @throws GraphError when they do not form sound graphs
 */
export function createViews(declared: readonly ReadNode[]): GraphViews {
  const replacements = readReplacements(declared);
  const revisions = nameSquashedLabels(declared, replacements);
  refuseMisplaced(revisions, replacements);
  const { squashOf } = replacements;
  const built = new Map<string, GraphCore>();
  const build = (wanted: OpenSquashes): GraphCore => {
    // A command asks thousands of questions, and all but a few of the same graph.
    const key = [...wanted].toSorted().join("\n");
    const known = built.get(key);
    if (known) return known;
    const open = settle(revisions, replacements, wanted);
    const settledKey = [...open].toSorted().join("\n");
    const core = built.get(settledKey) ?? buildView(revisions, replacements, open);
    built.set(key, core);
    built.set(settledKey, core);
    return core;
  };
  const settled = settle(revisions, replacements, new Set());
  const whole = build(settled);

  /** Names that the graph without originals does not have, but for aliases. */
  const findOriginals = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => {
      if (squashOf.has(name)) return [name];
      if (whole.byName.has(name)) return [];
      const isBeginning = (one: string): boolean => one.length > 3 && one.startsWith(name);
      const isKnown = [...whole.byName.keys()].some((one) => !whole.aliases.has(one) && isBeginning(one));
      return isKnown ? [] : [...squashOf.keys()].filter(isBeginning);
    });
  const isName = (name: string): boolean => whole.byName.has(name) || squashOf.has(name);
  const reachAll = (open: OpenSquashes, names: readonly string[]): OpenSquashes =>
    names.reduce((opened, name) => reach(replacements, opened, name), open);

  return {
    whole,
    forWay: (rows, targets) => build(reachAll(reachAll(settled, rows), findOriginals(listNames(targets, isName)))),
    forNames: (identifiers, rows = []) => {
      const originals = findOriginals(listNames(identifiers, isName));
      const shown = originals
        .filter((name) => canShow(replacements, name))
        .reduce((open, name) => show(replacements, open, name), reachAll(settled, rows));
      return build(reachAll(shown, originals));
    },
    has: (revision) => {
      if (whole.byName.get(revision)?.id === revision || whole.aliases.has(revision)) return true;
      return canShow(replacements, revision);
    },
    findReplacement: (revision) => {
      const replacement = findReplacement(replacements, revision);
      return replacement !== undefined && whole.byName.get(replacement)?.id === replacement ? replacement : undefined;
    },
    listMissing: (revision) => {
      const squash = squashOf.get(revision);
      return squash === undefined ? [] : listMissing(replacements, squash);
    },
  };
}
