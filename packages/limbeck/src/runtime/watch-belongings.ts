import type { Dialect } from "../dialect/dialect.ts";
import type { Operation } from "../ops/operation.ts";
import { runFrame } from "./run-frame.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import type { RevisionWatch } from "./revision-watch.ts";

/** Operations by which something goes that may come again. */
const TAKE: ReadonlySet<Operation["kind"]> = new Set([
  "dropView",
  "dropObject",
  "dropTable",
  "dropEnum",
  "dropSequence",
]);

/** Those by which it comes. */
const GIVE: ReadonlySet<Operation["kind"]> = new Set([
  "createView",
  "createObject",
  "createTable",
  "createEnum",
  "createSequence",
]);

/** Whether something may go and come at once, because it does not change in its place. */
function mayRenew(operation: Operation, { needsSchema }: Pick<Dialect, "needsSchema">): boolean {
  if (operation.kind === "replaceObject") return needsSchema.replaceObject(operation);
  if (operation.kind !== "alterEnum") return false;
  const { from, to, rebuild = false } = operation;
  return rebuild || to.filter((value) => from.includes(value)).join("\0") !== from.join("\0");
}

/**
 * Sees to it that what a revision makes anew is whose it was before. Nothing is looked at until something goes, and nothing is given back unless something comes.
 */
export function watchBelongings(target: RevisionTarget, revision: RevisionFunction): RevisionWatch {
  const rules = target.dialect.belongings;
  let isKnown = false;
  let isRenewed = false;
  let isCarried = false;
  let isOutside = false;
  const carry = async (): Promise<void> => {
    if (!rules || !isKnown || isCarried) return;
    isCarried = true;
    await runFrame(rules.carry, target, revision);
  };
  return {
    async onOperation(operation) {
      if (!rules) return;
      const { kind } = operation;
      const isRenewing = mayRenew(operation, target.dialect);
      if (!isKnown && (TAKE.has(kind) || isRenewing)) {
        isKnown = true;
        const { begin, commit } = target.dialect.transaction;
        if (isOutside) await runFrame(begin, target, revision);
        await runFrame(rules.remember, target, revision);
        if (isOutside) {
          await carry();
          await runFrame(commit, target, revision);
        }
      }
      if (isRenewing || (isKnown && GIVE.has(kind))) isRenewed = true;
    },
    onQuery: async () => undefined,
    async beforeCommit() {
      await carry();
      isOutside = true;
    },
    afterBegin() {
      isOutside = false;
    },
    async check() {
      if (!rules) return;
      if (isRenewed) await runFrame(rules.restore, target, revision);
      if (isCarried) await runFrame(rules.forget, target, revision);
    },
  };
}
