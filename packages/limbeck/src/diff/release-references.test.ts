import { describe, expect, it } from "vitest";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../schema/builder/table-definition.ts";
import { integer, primaryKey, table, text, unique, uuid, bigint } from "../schema.ts";
import { DEFAULT_DIFF_RULES } from "./diff-rules.ts";
import { diffSchema } from "./diff-schema.ts";

const RULES = { ...DEFAULT_DIFF_RULES, referencesHoldKeys: true };

const diff = (from: readonly ModelDefinition[], to: readonly ModelDefinition[]): readonly string[] =>
  diffSchema(buildSchema(from, DEFAULT_NAMING_CONVENTION), buildSchema(to, DEFAULT_NAMING_CONVENTION), RULES).map(
    describeOperation,
  );

const child = table("child", { parent: integer().references("parent", "id") });

describe("foreign keys that hold on to a key", () => {
  it("go before it is dropped, and come back when there is another one", () => {
    const from = table("parent", { id: integer().notNull() }, [primaryKey(["id"])]);
    const to = table("parent", { id: integer().notNull() }, [unique(["id"])]);
    expect(diff([from, child], [to, child])).toEqual([
      "drop foreign key fk_child_parent_parent (parent) to parent (id) from child",
      "drop primary key (id) from parent; add unique constraint uq_parent_id (id) to parent",
      "add foreign key fk_child_parent_parent (parent) to parent (id) to child",
    ]);
  });

  it("stay when it only gets another name", () => {
    const from = table("parent", { id: integer().notNull() }, [primaryKey(["id"], { name: "old" })]);
    const to = table("parent", { id: integer().notNull() }, [primaryKey(["id"])]);
    expect(diff([from, child], [to, child]).join()).not.toContain("foreign key");
  });

  it("go while their columns and those of the key become of another kind", () => {
    const parent = (type: typeof integer | typeof uuid | typeof text) => table("parent", { id: type().primaryKey() });
    const pointing = (type: typeof integer | typeof uuid | typeof text) =>
      table("child", { parent: type().references("parent", "id") });
    const changes = diff([parent(text), pointing(text)], [parent(uuid), pointing(uuid)]);
    expect(changes).toEqual([
      "drop foreign key fk_child_parent_parent (parent) to parent (id) from child",
      "change type of parent.id from text to uuid",
      "change type of child.parent from text to uuid; add foreign key fk_child_parent_parent (parent) to parent (id) to child",
    ]);
  });

  it("stay when numbers only get longer", () => {
    const to = [
      table("parent", { id: bigint().primaryKey() }),
      table("child", { parent: bigint().references("parent", "id") }),
    ];
    expect(diff([table("parent", { id: integer().primaryKey() }), child], to).join()).not.toContain("foreign key");
  });
});
