import { describe, expect, it } from "vitest";
import { diffSchema } from "../../diff/diff-schema.ts";
import { DEFAULT_DIFF_RULES } from "../../diff/diff-rules.ts";
import type { Deferrable } from "../../schema/model/constraint.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import { sqliteDiffRules } from "./diff-rules.ts";

function withKey(deferrable?: Deferrable): Schema {
  return {
    ...EMPTY_SCHEMA,
    tables: [
      {
        name: "t",
        columns: [{ name: "id", type: { kind: "integer" }, nullable: false }],
        constraints: [
          { kind: "primaryKey", columns: ["id"] },
          {
            kind: "foreignKey",
            name: "fk",
            columns: ["id"],
            references: { table: "t", columns: ["id"] },
            ...(deferrable && { deferrable }),
          },
        ],
        indexes: [],
      },
    ],
  };
}

describe("a foreign key that may be deferred but is checked at once", () => {
  it("is to SQLite like one that may not, and to other engines something else", () => {
    expect(diffSchema(withKey(), withKey("initially immediate"), sqliteDiffRules)).toEqual([]);
    expect(diffSchema(withKey(), withKey("initially immediate"), DEFAULT_DIFF_RULES)).not.toEqual([]);
  });

  it("differs from one that is deferred", () => {
    expect(diffSchema(withKey("initially immediate"), withKey("initially deferred"), sqliteDiffRules)).not.toEqual([]);
  });
});
