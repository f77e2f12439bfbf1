import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { isDisturbed, type Disturbance } from "../../../diff/disturbance.ts";
import { orderOperations } from "../../../diff/order/order-operations.ts";
import { dispatchOperation, type Operation, type OperationTable } from "../../../ops/operation.ts";
import { reverseOperation } from "../../../ops/reverse/reverse-operation.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { postgresDiffRules } from "../diff-rules.ts";

/** Views, triggers and objects that are in the way of a change, and how they go and come back. */
export interface HeldAside {
  readonly drops: readonly Operation[];
  readonly creations: readonly Operation[];
}

interface Holder {
  readonly calledName: string | undefined;
  readonly text: string;
  readonly drop: Operation;
}

function listHolders({ views, triggers, objects }: Schema): readonly Holder[] {
  const { findCalledName, findHoldingText } = postgresDiffRules;
  return [
    ...views.map((view) => ({
      calledName: view.name,
      text: view.definition,
      drop: { kind: "dropView", view } as const,
    })),
    ...triggers.map((trigger) => ({
      calledName: undefined,
      text: trigger.definition,
      drop: { kind: "dropTrigger", trigger } as const,
    })),
    ...objects.map((object) => ({
      calledName: findCalledName(object),
      text: findHoldingText(object),
      drop: { kind: "dropObject", object } as const,
    })),
  ];
}

/**
 * Finds what speaks of disturbed names, and what speaks of that.
 *
 * @param except what is not looked at: the object that changes
 */
export function holdAside(before: Schema, disturbance: Disturbance, except: (drop: Operation) => boolean): HeldAside {
  const holders = listHolders(before).filter(({ drop }) => !except(drop));
  const held = new Set<Holder>();
  for (let size = -1; size !== held.size;) {
    size = held.size;
    const names = [...held].flatMap(({ calledName }) => calledName ?? []);
    const spread = { ...disturbance, relations: [...disturbance.relations, ...names] };
    for (const holder of holders) if (!held.has(holder) && isDisturbed(holder.text, spread)) held.add(holder);
  }
  const drops = orderOperations(
    [...held].map(({ drop }) => drop),
    { current: before, original: before, target: before, rules: postgresDiffRules },
  );
  return { drops, creations: drops.toReversed().map(reverseOperation) };
}

/** The statements of operations one after the other; none of them has to know the schema. */
export function compileEach(
  operations: readonly Operation[],
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  return operations.flatMap((operation) => dispatchOperation(compile, operation, context));
}
