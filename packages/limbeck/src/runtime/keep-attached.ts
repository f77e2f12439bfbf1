import type { Row } from "../dialect/connection.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findView } from "../ops/find-view.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";

/** What makes something anew that belongs to a view and goes with it: a trigger, a right, a note, a rule, an index. */
export type Attachment = Extract<Operation, { readonly kind: "createTrigger" | "createObject" }>;

/** Knows what belonged to the views that a revision has dropped, so that they have it again when it makes them anew. */
export interface AttachedKeeper {
  /**
   * Takes note of what belongs to a view that an operation drops.
   *
   * @returns the note for the journal; undefined where there is nothing to keep
   */
  readonly note: (operation: Operation, schema: Schema) => readonly Row[] | undefined;
  /** Takes a note from the journal, of an earlier run that dropped the view. */
  readonly recall: (rows: readonly Row[]) => void;
  /** What an operation has to bring along: what belonged to the view, where it makes one anew that is to keep that. */
  readonly list: (operation: Operation) => readonly Attachment[];
}

/** What belongs to a view, in the order in which it can be made: what only says something of others comes last. */
function listAttached({ triggers, objects }: Schema, view: string, { comesLast }: DiffRules): readonly Attachment[] {
  const own = objects.filter(({ table }) => table === view);
  const names = new Set(own.map(({ name }) => name));
  // A note on an index of the view says nothing of the view.
  const notes = objects.filter(
    (object) => comesLast(object) && !own.includes(object) && object.dependsOn?.some((name) => names.has(name)),
  );
  const ordered = [...own, ...notes].toSorted((a, b) => Number(comesLast(a)) - Number(comesLast(b)));
  return [
    ...triggers.filter(({ table }) => table === view).map((trigger) => ({ kind: "createTrigger", trigger }) as const),
    ...ordered.map((object) => ({ kind: "createObject", object }) as const),
  ];
}

/** Makes a keeper for one run of a revision. */
export function keepAttached(rules: DiffRules): AttachedKeeper {
  const kept = new Map<string, readonly Attachment[]>();
  return {
    note(operation, schema) {
      const view = operation.kind.startsWith("drop") ? findView(operation) : undefined;
      if (view === undefined) return undefined;
      const attached = listAttached(schema, view, rules);
      kept.set(view, attached);
      return attached.length === 0 ? undefined : [{ view, attached: JSON.stringify(attached) }];
    },
    recall(rows) {
      for (const { view, attached } of rows) {
        if (typeof view !== "string" || typeof attached !== "string") continue;
        // Only a note makes such rows.
        kept.set(view, JSON.parse(attached) as readonly Attachment[]);
      }
    },
    list(operation) {
      if (operation.kind !== "createView" && operation.kind !== "createObject") return [];
      const view = operation.keepAttached === true ? findView(operation) : undefined;
      return (view === undefined ? undefined : kept.get(view)) ?? [];
    },
  };
}
