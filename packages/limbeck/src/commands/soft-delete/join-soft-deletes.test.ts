import { describe, expect, it } from "vitest";
import { DEFAULT_DIFF_RULES } from "../../diff/diff-rules.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import { applyOperations } from "../../ops/apply/apply-operation.ts";
import { reverseOperation } from "../../ops/reverse/reverse-operation.ts";
import { withoutParkedTables } from "../../ops/soft-delete/parked-table.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { check, integer, softDelete, table, unique, uniqueAmongLive, varchar } from "../../schema.ts";
import { outlineOperations } from "../../testing/outline-operations.ts";
import { joinSoftDeletes } from "./join-soft-deletes.ts";

const build = (...models: Parameters<typeof buildSchema>[0]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);

const id = integer().primaryKey();
const title = varchar(80).notNull();

const HARD = build(
  table("answers", { id, note_id: integer().references("notes", "id") }),
  table("notes", { id, title, old: integer() }, [unique(["title"])]),
);

const SOFT = build(
  table("answers", { id, note_id: integer().references("notes", "id"), ...softDelete() }),
  table("notes", { id, title, slug: varchar(40), ...softDelete() }, [
    uniqueAmongLive(["title"]),
    uniqueAmongLive(["slug"]),
    check("deleted_at > '2000-01-01'", { name: "late" }),
  ]),
);

const softDeletes = new Map([
  ["answers", "deleted_at"],
  ["notes", "deleted_at"],
]);

function join(from: Schema, target: Schema, known: ReadonlyMap<string, string>) {
  const operations = diffSchema(from, target, DEFAULT_DIFF_RULES);
  return joinSoftDeletes(operations, { softDeletes: known, target, rules: DEFAULT_DIFF_RULES });
}

describe("changes that make a table delete softly", () => {
  it("become one operation, between what it needs and what needs it, parents before children", () => {
    expect(outlineOperations(join(HARD, SOFT, softDeletes))).toEqual([
      "alterTable notes (dropColumn old, addColumn slug)",
      "enableSoftDelete notes (dropConstraint uq_notes_title, addColumn deleted_at, createIndex uq_notes_title_live, createIndex uq_notes_slug_live)",
      "addConstraint late",
      "enableSoftDelete answers (addColumn deleted_at)",
    ]);
  });

  it("lead to the same, and back", () => {
    const operations = join(HARD, SOFT, softDeletes);
    const reached = applyOperations(operations, HARD);
    expect(diffSchema(reached, SOFT, DEFAULT_DIFF_RULES)).toEqual([]);
    const back = applyOperations(operations.toReversed().map(reverseOperation), reached);
    // Whether there are rows to park, nobody knows here.
    expect(diffSchema(withoutParkedTables(back), HARD, DEFAULT_DIFF_RULES)).toEqual([]);
  });

  it("stay as they are where nobody says that the table deletes softly", () => {
    const kinds = join(HARD, SOFT, new Map()).map(({ kind }) => kind);
    expect(kinds).not.toContain("enableSoftDelete");
  });
});

describe("changes that let a table delete for good again", () => {
  it("become one operation where rules for live rows go with the column", () => {
    const outline = outlineOperations(join(SOFT, HARD, new Map()));
    expect(outline).toContain(
      "disableSoftDelete notes (dropIndex uq_notes_title_live, dropIndex uq_notes_slug_live, dropColumn deleted_at, addConstraint uq_notes_title)",
    );
    expect(outline).toContain("dropColumn deleted_at");
  });
});
