import { expect, it } from "vitest";
import type { Column } from "../../schema/model/column.ts";
import type { Operation } from "../operation.ts";
import { ANY_LOSS_RULES } from "./loss-rules.ts";
import { listLosses } from "./list-losses.ts";

const column = (name: string): Column => ({ name, type: { kind: "text" }, nullable: true });
const table = "t";
const group = (...operations: Extract<Operation, { kind: "alterTable" }>["operations"]): Operation => ({
  kind: "alterTable",
  table,
  operations,
});

it("names the columns of a group as they are called before it", () => {
  const operation = group(
    { kind: "renameColumn", table, from: "a", to: "b" },
    { kind: "alterColumn", table, from: column("b"), to: { ...column("b"), type: { kind: "integer" } } },
    { kind: "dropColumn", table, column: column("c") },
  );
  expect(listLosses(operation, ANY_LOSS_RULES)).toEqual([
    { table, column: "a", narrowed: { from: column("b").type, to: { kind: "integer" } } },
    { table, column: "c" },
  ]);
});

it("does not count what comes and goes within a group", () => {
  const operation = group(
    { kind: "addColumn", table, column: column("n") },
    { kind: "renameColumn", table, from: "n", to: "m" },
    { kind: "dropColumn", table, column: column("m") },
  );
  expect(listLosses(operation, ANY_LOSS_RULES)).toEqual([]);
});
