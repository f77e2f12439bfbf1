import { expect, it } from "vitest";
import { isSamePostgresExpression } from "./same-expression.ts";

it.each([
  [
    "((role)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
    "((role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
  ],
  [
    "role::text <> ALL (ARRAY['a'::character varying, other]::text[])",
    "role::text <> ALL (ARRAY['a'::character varying::text, other::text])",
  ],
  [
    "(x = ANY ((ARRAY[(f(1, 2)), 'it''s, ['::character varying])::pg_catalog.text[])) AND (y = ANY ((ARRAY[1, 2])::numeric(10,2)[]))",
    "(x = ANY (ARRAY[((f(1, 2)))::pg_catalog.text, ('it''s, ['::character varying)::pg_catalog.text])) AND (y = ANY (ARRAY[(1)::numeric(10,2), (2)::numeric(10,2)]))",
  ],
  ["ARRAY[]::text[]", "ARRAY[] :: text[]"],
])("takes %s for %s", (a, b) => {
  expect(isSamePostgresExpression(a, b)).toBe(true);
  expect(isSamePostgresExpression(b, a)).toBe(true);
});

it.each([
  ["(ARRAY['a'::character varying])::text[]", "ARRAY[('b'::character varying)::text]"],
  ["(ARRAY['a'::character varying])::text[]", "ARRAY[('a'::character varying)::citext]"],
  ["(ARRAY['a'::character varying])::text[]", "ARRAY[('a'::character varying)::text, ('a'::character varying)::text]"],
  ["ARRAY[]::text[]", "ARRAY[]::integer[]"],
  ["ARRAY[1]::text[] -- a", "ARRAY[1::text]"],
])("does not take %s for %s", (a, b) => {
  expect(isSamePostgresExpression(a, b)).toBe(false);
});
