import { performBackfill } from "./backfill/perform-backfill.ts";
import type { BackfillRequest } from "./backfill/backfill-options.ts";
import type { Row } from "../dialect/connection.ts";
import type { Operation } from "../ops/operation.ts";
import type { Call } from "./journal/identify-call.ts";
import { performOperation, runCompiled } from "./perform-operation.ts";
import { performQuery } from "./perform-query.ts";
import type { CallPlace, RevisionTarget } from "./revision-target.ts";

/** What a call asks for. */
type Asked =
  | { readonly operation: () => Promise<Operation> }
  | { readonly query: Parameters<typeof performQuery>[0] }
  | { readonly backfill: BackfillRequest };

/** What may leave a note of what belonged to what it dropped, or of what it made anew. */
const DROPS: ReadonlySet<string> = new Set(["dropView", "dropTrigger", "dropObject"]);
const CREATES: ReadonlySet<string> = new Set(["createView", "createObject"]);

/** The note of a view that an earlier run began to make anew. */
async function noteCreation(call: Call, asked: Asked, { attached }: RevisionTarget) {
  return "operation" in asked && CREATES.has(call.name) ? attached?.renew(await asked.operation()) : undefined;
}

/**
 * Carries out a call of a revision, or what an earlier run has left of it.
 *
 * @returns the rows of a read
 */
export async function performCall(
  call: Call,
  asked: Asked,
  target: RevisionTarget,
  place: CallPlace,
): Promise<readonly Row[]> {
  const fate = (await target.journal?.begin(call)) ?? ({ kind: "run" } as const);
  if (fate.kind === "done") {
    if (DROPS.has(call.name) || CREATES.has(call.name)) target.attached?.recall(fate.rows);
    return fate.rows;
  }
  if (fate.kind === "rest") {
    await runCompiled(fate.statements, `the rest of ${call.name}`, target, place);
    target.tracker.forget();
    await target.journal?.end(await noteCreation(call, asked, target));
    return [];
  }
  if ("query" in asked) {
    const rows = await performQuery(asked.query, target, place);
    await target.journal?.end(rows);
    return rows;
  }
  if ("backfill" in asked) {
    await performBackfill(asked.backfill, target, place, fate.position);
    await target.journal?.end();
    return [];
  }
  const note = await performOperation(await asked.operation(), target, place);
  await target.journal?.end(note);
  return [];
}
