import { describeOperation } from "../ops/describe/describe-operation.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import type { Comparison } from "./compare.ts";

/** What a revision drops although the models do not name it: other databases may not have it, and then the revision stops there. */
export function describeUnnamedDrops({
  unnamedDrops,
  operations,
  to,
}: Pick<Comparison, "unnamedDrops" | "operations" | "to">): readonly string[] {
  const created = operations.map(describeOperation);
  return unnamedDrops.map((drop) => {
    const thing = describeOperation(drop).replace(/^drop /, "");
    const isMadeAnew = created.includes(describeOperation(reverseOperation(drop)));
    return `The revision drops ${thing}${isMadeAnew ? " and makes it anew" : ""}, although ${to} do not name it: it stops on a database without it. Write it into ${to}, or drop it by hand and make the revision again.`;
  });
}
