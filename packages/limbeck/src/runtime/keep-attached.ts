import type { DiffRules } from "../diff/diff-rules.ts";
import type { Operation } from "../ops/operation.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { isSameObjectName } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";
import { listDroppedNames, listNotedNames } from "./noted-names.ts";
import { performOperation } from "./perform-operation.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";

/** What belongs to a view and goes with it: its triggers, rights on it, notes, rules, indexes; and notes on indexes, policies and the like. */
interface Attached {
  readonly create: Extract<Operation, { readonly kind: "createTrigger" | "createObject" }>;
  /** The view, or what the note is on. */
  readonly holder: string;
}

/** What belongs to a view, in the order in which it can be made: what only says something of others comes last. */
function listAttached({ triggers, objects }: Schema, holder: string, { comesLast }: DiffRules): readonly Attached[] {
  const own = objects.filter(({ table }) => table === holder);
  const names = new Set([holder, ...own.map(({ name }) => name)]);
  const notes = objects.filter(
    (object) => comesLast(object) && !own.includes(object) && object.dependsOn?.some((name) => names.has(name)),
  );
  const ordered = [...own, ...notes].toSorted((a, b) => Number(comesLast(a)) - Number(comesLast(b)));
  return [
    ...triggers
      .filter(({ table }) => table === holder)
      .map((trigger) => ({ create: { kind: "createTrigger", trigger } as const, holder })),
    ...ordered.map((object) => ({ create: { kind: "createObject", object } as const, holder })),
  ];
}

const isThere = ({ create }: Attached, { triggers, objects }: Schema): boolean =>
  create.kind === "createTrigger"
    ? triggers.some(({ name, table }) => name === create.trigger.name && table === create.trigger.table)
    : objects.some((object) => isSameObjectName(object, create.object));

/** Sees to it that what belongs to a view, and that no revision need know of, is there again when the view is. */
export interface AttachedKeeper {
  /** What the revision runs on, so that the keeper hears of it. */
  readonly target: RevisionTarget;
  /**
   * Gives views that were dropped and made again what they had when they were dropped, and have no more.
   *
   * @throws ExecutionError when the view as it is now cannot have it
   */
  readonly giveBack: () => Promise<void>;
}

/**
 * Rights that somebody gave on a view, a note, or a trigger, differ from one database to the next, and go with the view when a revision makes it anew. What a revision
 * drops by itself beforehand stays away.
 */
export function keepAttached(
  { revision, direction }: Pick<RevisionFunction, "revision" | "direction">,
  target: RevisionTarget,
): AttachedKeeper {
  const { tracker, dialect } = target;
  const kept: Attached[] = [];
  return {
    target: {
      ...target,
      async onOperation(operation) {
        for (const holder of listDroppedNames(operation)) {
          kept.push(...listAttached(await tracker.current(), holder, dialect.diffRules));
        }
        await target.onOperation?.(operation);
      },
    },
    async giveBack() {
      if (kept.length === 0) return;
      // What went with a view is known; that a note went with an index only the database says.
      const names = new Set(kept.map(({ holder }) => holder));
      if ((await tracker.current()).views.filter(({ name }) => names.has(name)).length < names.size) tracker.forget();
      const { journal: _, ...unjournaled } = target;
      for (const one of kept) {
        const schema = await tracker.current();
        if (!listNotedNames(schema).has(one.holder) || isThere(one, schema)) continue;
        const told = `${describeOperation(one.create)}, which ${one.holder} had before it was made anew`;
        await performOperation(one.create, unjournaled, { revision, direction, location: "" }, told);
      }
    },
  };
}
