import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Sequence } from "../schema/model/sequence.ts";
import { matchNames } from "./match-names.ts";
import { isSameStructure } from "./same-structure.ts";

function withoutOwner({ ownedBy: _ownedBy, ...rest }: Sequence): Sequence {
  return rest;
}

/** A column can only own a sequence that is there, and may need it for its default: so it is created first and given away later. */
function create(sequence: Sequence): readonly Operation[] {
  const alone = withoutOwner(sequence);
  const created: Operation = { kind: "createSequence", sequence: alone };
  return sequence.ownedBy ? [created, { kind: "alterSequence", from: alone, to: sequence }] : [created];
}

/** A sequence goes with the column that owns it, unless it is taken from it before. */
function drop(sequence: Sequence): readonly Operation[] {
  const alone = withoutOwner(sequence);
  const dropped: Operation = { kind: "dropSequence", sequence: alone };
  return sequence.ownedBy ? [{ kind: "alterSequence", from: sequence, to: alone }, dropped] : [dropped];
}

function alter(from: Sequence, to: Sequence, renewed: ReadonlySet<string>): readonly Operation[] {
  const isFreed = renewed.has(from.ownedBy?.table ?? "");
  if (isSameStructure(from, to) && !isFreed) return [];
  const isOtherOwner = from.ownedBy && to.ownedBy && (isFreed || !isSameStructure(from.ownedBy, to.ownedBy));
  if (!isOtherOwner) return [{ kind: "alterSequence", from, to }];
  const between = withoutOwner(to);
  return [
    { kind: "alterSequence", from, to: between },
    { kind: "alterSequence", from: between, to },
  ];
}

/**
 * What turns some sequences into others, in no order.
 *
 * @param renewed tables that are made anew: what they own is taken from them meanwhile
 */
export function diffSequences(current: Schema, target: Schema, renewed: ReadonlySet<string>): readonly Operation[] {
  const { removed, added, common } = matchNames(current.sequences, target.sequences);
  return [
    ...removed.flatMap(drop),
    ...added.flatMap(create),
    ...common.flatMap(([from, to]) => alter(from, to, renewed)),
  ];
}
