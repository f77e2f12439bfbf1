import type { Row } from "../dialect/connection.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findView } from "../ops/find-view.ts";
import type { Operation } from "../ops/operation.ts";
import { isSameObjectName, type DefinedObject, type ObjectName } from "../schema/model/defined-object.ts";
import type { Schema, Trigger } from "../schema/model/schema.ts";
import { onTable } from "./noted-names.ts";

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
  /**
   * Takes note that an operation makes a view anew which is to keep what belonged to it.
   *
   * @returns the note for the journal; undefined for what does nothing of that kind
   */
  readonly renew: (operation: Operation) => readonly Row[] | undefined;
  /** Takes a note from the journal, of an earlier run that dropped the view or made it anew. */
  readonly recall: (rows: readonly Row[]) => void;
  /** What an operation has to bring along: what belonged to the view, where it makes one anew that is to keep that. */
  readonly list: (operation: Operation) => readonly Attachment[];
}

/** What belongs to a table or view, and may have notes of its own: a trigger, a rule, an index of a materialized view. */
interface Part {
  readonly name: ObjectName;
  /** The table or view. */
  readonly of: string;
}

const partOf = (trigger: Trigger): Part => ({
  name: { kind: "trigger", name: onTable(trigger) },
  of: trigger.table,
});

function findPart(operation: Operation, { comesLast }: DiffRules): Part | undefined {
  if (operation.kind === "dropTrigger" || operation.kind === "createTrigger") return partOf(operation.trigger);
  if (operation.kind !== "dropObject" && operation.kind !== "createObject") return undefined;
  const { kind, name, table } = operation.object;
  return table === undefined || comesLast(operation.object) ? undefined : { name: { kind, name }, of: table };
}

/** How the journal calls what something belonged to. A trigger and a rule may have one name. */
const holderOf = ({ kind, name }: ObjectName): string => `${kind} ${name}`;
const viewHolder = (view: string): string => holderOf({ kind: "view", name: view });

/** What only says something of one of some parts. */
function listNotes({ objects }: Schema, parts: readonly ObjectName[], { findNoted }: DiffRules) {
  return objects.filter((object) => {
    const noted = findNoted(object);
    return noted !== undefined && parts.some((part) => isSameObjectName(part, noted));
  });
}

const create = (object: DefinedObject): Attachment => ({ kind: "createObject", object });

/** What belongs to a view, in the order in which it can be made: what only says something of others comes last. */
function listAttached(schema: Schema, view: string, rules: DiffRules): readonly Attachment[] {
  const { comesLast, findNoted } = rules;
  const triggers = schema.triggers.filter(({ table }) => table === view);
  const all = schema.objects.filter(({ table }) => table === view);
  const parts = [...triggers.map((trigger) => partOf(trigger).name), ...all.filter((object) => !comesLast(object))];
  // A note on a trigger stays in the schema when that is dropped.
  const isMeaningful = (object: DefinedObject): boolean => {
    const noted = findNoted(object);
    return !noted?.name.endsWith(` on ${view}`) || parts.some((part) => isSameObjectName(part, noted));
  };
  const own = all.filter(isMeaningful);
  // A note on an index of the view says nothing of the view.
  const notes = listNotes(schema, parts, rules).filter((one) => !own.includes(one));
  const ordered = [...own, ...notes].toSorted((a, b) => Number(comesLast(a)) - Number(comesLast(b)));
  return [...triggers.map((trigger) => ({ kind: "createTrigger", trigger }) as const), ...ordered.map(create)];
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
          ? listNotes(schema, part ? [part.name] : [], rules).map(create)
          : listAttached(schema, view, rules);
      const holder = view === undefined ? part && holderOf(part.name) : viewHolder(view);
      if (holder === undefined || (view === undefined && attached.length === 0)) return undefined;
      kept.set(holder, attached);
      return [{ holder, attached: JSON.stringify(attached) }];
    },
    renew(operation) {
      const view = "keepAttached" in operation ? findView(operation) : undefined;
      if (view === undefined) return undefined;
      renewed.add(view);
      return [{ renewed: view }];
    },
    recall(rows) {
      for (const { holder, attached, renewed: view } of rows) {
        if (typeof view === "string") renewed.add(view);
        if (typeof holder !== "string" || typeof attached !== "string") continue;
        // Only a note makes such rows.
        kept.set(holder, JSON.parse(attached) as readonly Attachment[]);
      }
    },
    list(operation) {
      if (!operation.kind.startsWith("create")) return [];
      const view = "keepAttached" in operation ? findView(operation) : undefined;
      if (view !== undefined) return kept.get(viewHolder(view)) ?? [];
      const part = findPart(operation, rules);
      return part !== undefined && renewed.has(part.of) ? (kept.get(holderOf(part.name)) ?? []) : [];
    },
  };
}
