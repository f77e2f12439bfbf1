import type { RevisionNode } from "./revision-node.ts";
import type { RevisionPlan, VersionRowAction } from "./revision-plan.ts";

/** A database for tests of which it is known what has run on it. */
export class ModelDatabase {
  applied: ReadonlySet<string>;
  rows: ReadonlySet<string>;
  readonly #nodes: ReadonlyMap<string, RevisionNode>;

  constructor(nodes: readonly RevisionNode[], applied: readonly string[] = [], rows: readonly string[] = []) {
    this.#nodes = new Map(nodes.map((node) => [node.revision, node]));
    this.applied = new Set(applied);
    this.rows = new Set(rows);
  }

  #listReplaced(revision: string): readonly string[] {
    const replaces = [this.#nodes.get(revision)?.replaces ?? []].flat();
    return replaces.length === 0 ? [revision] : replaces.flatMap((member) => this.#listReplaced(member));
  }

  #listNeeded(revision: string): readonly string[] {
    const { downRevision, dependsOn } = this.#nodes.get(revision) ?? {};
    return [downRevision ?? [], dependsOn ?? []].flat(2).flatMap((needed) => this.#listReplaced(needed));
  }

  #move([kind, row, to]: VersionRowAction): void {
    const rows = new Set(this.rows);
    if (kind !== "insert" && !rows.delete(row)) throw new Error(`There is no row ${row} to ${kind}.`);
    const added = kind === "update" ? to : kind === "insert" ? row : undefined;
    if (added !== undefined && rows.has(added)) throw new Error(`There is a row ${added} already.`);
    if (added !== undefined) rows.add(added);
    this.rows = rows;
  }

  /** Carries a plan out; throws where a step could not run, or moves a row that is not there. */
  run({ steps, heads }: RevisionPlan): void {
    for (const { direction, revision, versionRows } of steps) {
      const own = new Set(this.#listReplaced(revision));
      const isApplied = own.intersection(this.applied);
      if (direction === "up") {
        const missing = this.#listNeeded(revision).filter((needed) => !this.applied.has(needed) && !own.has(needed));
        if (isApplied.size > 0 || missing.length > 0) throw new Error(`${revision} cannot go up.`);
        this.applied = this.applied.union(own);
      } else {
        const left = this.applied.difference(own);
        const broken = [...left].filter((one) => this.#listNeeded(one).some((needed) => own.has(needed)));
        if (isApplied.size < own.size || broken.length > 0) throw new Error(`${revision} cannot go down.`);
        this.applied = left;
      }
      for (const action of versionRows) this.#move(action);
    }
    const rows = [...this.rows].toSorted();
    if (rows.join() !== heads.join())
      throw new Error(`The rows are ${rows.join()}, and the plan says ${heads.join()}.`);
  }
}
