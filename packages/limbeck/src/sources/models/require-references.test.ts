import { describe, expect, it } from "vitest";
import { DEFAULT_DIFF_RULES } from "../../diff/diff-rules.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { integer, table } from "../../schema.ts";
import { requireReferences } from "./require-references.ts";

const products = table("products", { id: integer().primaryKey() });

function check(toTable: string, toColumn: string, rules = DEFAULT_DIFF_RULES): void {
  const items = table("items", { product_id: integer().references(toTable, toColumn) });
  requireReferences(buildSchema([products, items], DEFAULT_NAMING_CONVENTION), rules);
}

describe("references of the models", () => {
  it("may point to tables and columns of the models", () => {
    expect(() => check("products", "id")).not.toThrow();
  });

  it("name the table, or the column, that was meant when there is none of that name", () => {
    expect(() => check("product", "id")).toThrow(
      expect.objectContaining({
        code: "LB0410",
        why: 'Did you mean "products"?',
        context: expect.objectContaining({ table: "items" }),
      }),
    );
    expect(() => check("products", "idd")).toThrow(expect.objectContaining({ why: 'Did you mean "id"?' }));
  });

  it("ignore case where the engine does", () => {
    expect(() => check("Products", "ID")).toThrow(expect.objectContaining({ code: "LB0410" }));
    expect(() =>
      check("Products", "ID", { ...DEFAULT_DIFF_RULES, foldTableNames: true, foldColumnNames: true }),
    ).not.toThrow();
  });
});
