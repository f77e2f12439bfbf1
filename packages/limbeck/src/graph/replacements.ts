import { graphErrors } from "../kernel/errors/graph-errors.ts";
import type { ReadNode } from "./read-node.ts";

/** Which squashed revisions stand aside, so that what they replace is in the graph instead. */
export type OpenSquashes = ReadonlySet<string>;

/** What the headers of a project say about revisions that replace others. */
export interface Replacements {
  /**
   * What each squashed revision replaces, in the order in which that runs; the last one is the end of its range. What stands inside another squashed
   * revision there is is left out.
   */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** The squashed revision that replaces a revision; of several, one inside the other, the innermost one. */
  readonly squashOf: ReadonlyMap<string, string>;
  /** The revisions that there are files of. */
  readonly files: ReadonlySet<string>;
  /** What each squashed revision replaces and there is no file of. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

/** Where a revision is in the graph: as itself or under another name, or inside a squashed revision that does not stand aside. */
export type Whereabouts = { readonly node: string } | { readonly inside: string };

/** @throws GraphError when squashed revisions replace one another in a circle */
function refuseCircles(squashOf: ReadonlyMap<string, string>): void {
  for (const start of squashOf.keys()) {
    const path = [start];
    for (let next = squashOf.get(start); next !== undefined; next = squashOf.get(next)) {
      if (path.includes(next)) throw graphErrors.replacementCircle({ revisions: path.slice(path.indexOf(next)) });
      path.push(next);
    }
  }
}

/** The squashed revisions that say that they replace a revision; there may be thousands of either. */
function listSquashesByReplaced(
  declared: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, readonly string[]> {
  const squashes = new Map<string, string[]>();
  for (const [squash, replaced] of declared) {
    for (const revision of replaced) {
      const known = squashes.get(revision);
      if (known) known.push(squash);
      else squashes.set(revision, [squash]);
    }
  }
  return squashes;
}

/** Of the squashed revisions that replace a revision, the one that all others replace as well. */
function findInnermost(
  revision: string,
  squashes: readonly string[],
  declared: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  const innermost = squashes.find((one) =>
    squashes.every((other) => other === one || declared.get(other)?.has(one) === true),
  );
  if (innermost === undefined) throw graphErrors.replacedTwice({ revision, squashes });
  return innermost;
}

/**
 * Reads which revisions replace which.
 *
 * @throws GraphError when two replace the same one and not one another, or they replace one another in a circle
 */
export function readReplacements(revisions: readonly ReadNode[]): Replacements {
  const declared = new Map<string, ReadonlySet<string>>();
  for (const { revision, replaces } of revisions) {
    if (replaces.includes(revision)) throw graphErrors.replacementCircle({ revisions: [revision] });
    if (replaces.length > 0) declared.set(revision, new Set(replaces));
  }
  const squashOf = new Map<string, string>();
  for (const [revision, squashes] of listSquashesByReplaced(declared))
    squashOf.set(revision, findInnermost(revision, squashes, declared));
  refuseCircles(squashOf);
  const files = new Set(revisions.map(({ revision }) => revision));
  const members = new Map(
    Array.from(declared, ([squash, replaced]) => [squash, [...replaced].filter((one) => squashOf.get(one) === squash)]),
  );
  const missing = new Map(Array.from(members, ([squash, inside]) => [squash, inside.filter((one) => !files.has(one))]));
  return { members, squashOf, files, missing };
}

/** The end of the range that a squashed revision replaces: whoever has that has all of it. */
function findEnd({ members }: Replacements, squash: string): string | undefined {
  return members.get(squash)?.at(-1);
}

/** Finds where a revision is in the graph in which some squashed revisions stand aside. */
export function locate(replacements: Replacements, open: OpenSquashes, revision: string): Whereabouts {
  let node = revision;
  for (;;) {
    const squash = replacements.squashOf.get(node);
    if (open.has(node)) node = findEnd(replacements, node) ?? node;
    else if (squash === undefined || open.has(squash)) return { node };
    else if (node === findEnd(replacements, squash)) node = squash;
    else return { inside: squash };
  }
}

/** What a squashed revision replaces and there is no file of. */
export function listMissing({ missing }: Replacements, squash: string): readonly string[] {
  return missing.get(squash) ?? [];
}

/** The squashed revision that replaces a revision, the one that replaces that, and so on. */
export function listAround({ squashOf }: Replacements, revision: string): readonly string[] {
  const chain: string[] = [];
  for (let next = squashOf.get(revision); next !== undefined; next = squashOf.get(next)) chain.push(next);
  return chain;
}

/** A squashed revision, the one that replaces it, and so on. */
function listSquashes(replacements: Replacements, squash: string): readonly string[] {
  return [squash, ...listAround(replacements, squash)];
}

/** Whether a squashed revision can stand aside: there are files of all that it replaces. */
function canOpen(replacements: Replacements, squash: string): boolean {
  return listSquashes(replacements, squash).every((one) => listMissing(replacements, one).length === 0);
}

/** Whether a revision can be in the graph as itself. */
export function canShow(replacements: Replacements, revision: string): boolean {
  const squash = replacements.squashOf.get(revision);
  return replacements.files.has(revision) && (squash === undefined || canOpen(replacements, squash));
}

/** With a revision in the graph as itself. */
export function show(replacements: Replacements, open: OpenSquashes, revision: string): OpenSquashes {
  const squash = replacements.squashOf.get(revision);
  return squash === undefined ? open : open.union(new Set(listSquashes(replacements, squash)));
}

/**
 * With a revision in the graph, be it under another name: a squashed revision that it is in the middle of stands aside.
 *
 * @throws GraphError when there are not all the files that this takes
 */
export function reach(replacements: Replacements, open: OpenSquashes, revision: string): OpenSquashes {
  let opened = open;
  for (;;) {
    const place = locate(replacements, opened, revision);
    if ("node" in place) return opened;
    const { inside } = place;
    const lacking = listSquashes(replacements, inside).find((squash) => listMissing(replacements, squash).length > 0);
    if (lacking !== undefined) {
      const missing = listMissing(replacements, lacking);
      throw graphErrors.originalsMissing({ revision, squash: lacking, missing });
    }
    opened = opened.union(new Set(listSquashes(replacements, inside)));
  }
}

/** The squashed revision that is in the graph for a revision when none stands aside; undefined for one that is there itself. */
export function findReplacement(replacements: Replacements, revision: string): string | undefined {
  return listAround(replacements, revision).at(-1);
}
