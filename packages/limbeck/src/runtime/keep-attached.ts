import type { Row } from "../dialect/connection.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findView } from "../ops/find-view.ts";
import type { Operation } from "../ops/operation.ts";
import type { DefinedObject } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";
import { listNotedNames, onTable } from "./noted-names.ts";

/** What makes something anew that belongs to a view and goes with it: a trigger, a right, a note, a rule, an index. */
export type Attachment = Extract<Operation, { readonly kind: "createTrigger" | "createObject" }>;

/** Knows what belonged to the views that a revision has dropped, so that they have it again when it makes them anew. */
export interface AttachedKeeper {
  /** Whether an operation drops what something may belong to. */
  readonly concerns: (operation: Operation) => boolean;
  /**
   * Takes note of what belongs to a view, or to a trigger, a rule or an index of one, that an operation drops.
   *
   * @returns the note for the journal, also of a view with nothing: what an earlier one says of it does not count any more
   */
  readonly note: (operation: Operation, schema: Schema) => readonly Row[] | undefined;
  /** Takes a note from the journal, of an earlier run that dropped the view. */
  readonly recall: (rows: readonly Row[]) => void;
  /** What an operation has to bring along: what belonged to the view, where it makes one anew that is to keep that. */
  readonly list: (operation: Operation) => readonly Attachment[];
}

/** What belongs to a table or view, and may have notes of its own: a trigger (`tr on titles`), a rule, an index of a materialized view. */
function findPart(operation: Operation, { comesLast }: DiffRules) {
  if (operation.kind === "dropTrigger" || operation.kind === "createTrigger") {
    return { name: onTable(operation.trigger), of: operation.trigger.table };
  }
  if (operation.kind !== "dropObject" && operation.kind !== "createObject") return undefined;
  const { name, table } = operation.object;
  return table === undefined || comesLast(operation.object) ? undefined : { name, of: table };
}

/** What only says something of others, of which at least one has such a name. */
const listNotes = ({ objects }: Schema, names: ReadonlySet<string>, { comesLast }: DiffRules) =>
  objects.filter((object) => comesLast(object) && object.dependsOn?.some((name) => names.has(name)));

const create = (object: DefinedObject): Attachment => ({ kind: "createObject", object });

/** What belongs to a view, in the order in which it can be made: what only says something of others comes last. */
function listAttached(schema: Schema, view: string, rules: DiffRules): readonly Attachment[] {
  const { comesLast } = rules;
  const there = listNotedNames(schema);
  // A note on a trigger stays in the schema when that is dropped.
  const isMeaningful = (object: DefinedObject): boolean =>
    !comesLast(object) || (object.dependsOn ?? []).every((name) => there.has(name) || !name.endsWith(` on ${view}`));
  const own = schema.objects.filter((object) => object.table === view && isMeaningful(object));
  // A note on an index of the view says nothing of the view.
  const notes = listNotes(schema, new Set(own.map(({ name }) => name)), rules).filter((one) => !own.includes(one));
  const ordered = [...own, ...notes].toSorted((a, b) => Number(comesLast(a)) - Number(comesLast(b)));
  return [
    ...schema.triggers
      .filter(({ table }) => table === view)
      .map((trigger) => ({ kind: "createTrigger", trigger }) as const),
    ...ordered.map(create),
  ];
}

/** Makes a keeper for one run of a revision. */
export function keepAttached(rules: DiffRules): AttachedKeeper {
  const kept = new Map<string, readonly Attachment[]>();
  const renewed = new Set<string>();
  return {
    concerns: (operation) =>
      rules.viewsHaveAttached &&
      operation.kind.startsWith("drop") &&
      (findView(operation) ?? findPart(operation, rules)) !== undefined,
    note(operation, schema) {
      const view = findView(operation);
      const part = findPart(operation, rules);
      const attached =
        view === undefined
          ? listNotes(schema, new Set(part && [part.name]), rules).map(create)
          : listAttached(schema, view, rules);
      const holder = view ?? part?.name;
      if (holder === undefined || (view === undefined && attached.length === 0)) return undefined;
      kept.set(holder, attached);
      return [{ holder, attached: JSON.stringify(attached) }];
    },
    recall(rows) {
      for (const { holder, attached } of rows) {
        if (typeof holder !== "string" || typeof attached !== "string") continue;
        // Only a note makes such rows.
        kept.set(holder, JSON.parse(attached) as readonly Attachment[]);
      }
    },
    list(operation) {
      if (!operation.kind.startsWith("create")) return [];
      if ("keepAttached" in operation) {
        const view = findView(operation);
        if (view === undefined) return [];
        renewed.add(view);
        return kept.get(view) ?? [];
      }
      const part = findPart(operation, rules);
      return part !== undefined && renewed.has(part.of) ? (kept.get(part.name) ?? []) : [];
    },
  };
}
