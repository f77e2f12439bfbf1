import { describe, expect, it } from "vitest";
import { DEFAULT_DIFF_RULES } from "../../diff/diff-rules.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { index, integer, table, text } from "../../schema.ts";
import { requireSoundTables } from "./require-sound-tables.ts";

const check = (term: string): void =>
  requireSoundTables(
    buildSchema(
      [table("users", { id: integer().primaryKey(), email: text() }, [index([term], { name: "ix" })])],
      DEFAULT_NAMING_CONVENTION,
    ),
    DEFAULT_DIFF_RULES,
  );

describe("a term of an index that is no column", () => {
  it.each([
    ["lower(email)", '{ expression: "lower(email)" }'],
    ["lower(email) desc", '{ expression: "lower(email)", order: "desc" }'],
    ["email || 'x'", `{ expression: "email || 'x'" }`],
    ["email DESC", '{ column: "email", order: "desc" }'],
    ["emial", '"email"'],
    ["nothing_like_it", '"..."'],
  ])("%s is to be written %s", (term, meant) => {
    expect(() => check(term)).toThrow(
      expect.objectContaining({ code: "LB0413", fix: [`write \`${meant}\` instead of "${term}" in ix of users`] }),
    );
  });

  it("is told for what it is", () => {
    expect(() => check("lower(email)")).toThrow(
      expect.objectContaining({
        why: "A text in an index is the name of a column; what is computed is written as an expression.",
      }),
    );
    expect(() => check("email desc")).toThrow(expect.objectContaining({ why: "An order is no part of a name." }));
  });
});
