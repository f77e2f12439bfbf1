import { renderLiteral } from "./literal.ts";
import type { TableCallTable } from "./operation-call.ts";
import { pickIndexOptions, renderOptions, renderTerms } from "./render-item.ts";

/** Changes of indexes. */
export const INDEX_CALLS: TableCallTable<"createIndex" | "dropIndex"> = {
  createIndex: ({ index }) => ({
    method: "createIndex",
    tableAt: 1,
    args: [renderLiteral(index.name), renderTerms(index.parts), ...renderOptions(pickIndexOptions(index))],
  }),
  dropIndex: ({ index }) => ({ method: "dropIndex", tableAt: 1, args: [renderLiteral(index.name)] }),
};
