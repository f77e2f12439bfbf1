import { describe, expect, it } from "vitest";
import { simplifyText } from "./simplify-text.ts";

/** As people write them, and as servers keep them: the first ones were read from PostgreSQL 15, the others from MariaDB 10.11. */
const KEPT = [
  ["title <> ''", "((title)::text <> ''::text)"],
  ["kind IN ('a','b')", "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"],
  ["kind NOT IN ('a','b')", "((kind)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"],
  ["n IN (1, 2)", "(n = ANY (ARRAY[1, 2]))"],
  ["size BETWEEN 1 AND 9", "((size >= 1) AND (size <= 9))"],
  ["a > 0 AND b != 1 OR c", "(((a > 0) AND (b <> 1)) OR c)"],
  ["size * 2", "(size * 2)"],
  ["size * 2 > 3", "((size * 2) > 3)"],
  ["lower(title) = title", "(lower((title)::text) = (title)::text)"],
  [
    "select id, title from todos where done = false and (size > 2 or due is null)",
    "SELECT todos.id,\n    todos.title\n   FROM todos\n  WHERE ((todos.done = false) AND ((todos.size > 2) OR (todos.due IS NULL)));",
  ],
  [
    "select id, title from todos where done = false and n > 2",
    "select `todos`.`id` AS `id`,`todos`.`title` AS `title` from `todos` where `todos`.`done` = 0 and `todos`.`n` > 2",
  ],
  ["kind in ('a','b')", "`kind` in ('a','b')"],
] as const;

/** Texts that differ in meaning, however little they differ. */
const DIFFERENT = [
  ["(a + b) * c", "a + b * c"],
  ["(a OR b) AND c", "a OR b AND c"],
  ["NOT (a AND b)", "NOT a AND b"],
  ["x.id = y.id", "y.id = y.id"],
  ["a - (b - c)", "a - b - c"],
  ["f(a, b)", "f((a), c)"],
  ["a IN (1, 2)", "a IN (1, 3)"],
  ["title <> ' '", "title <> ''"],
  ["'A' = a", "'a' = a"],
  ["-(a = b)", "- a = b"],
  ["(a = b) = c", "a = (b = c)"],
  ["a || (b = c)", "a || b = c"],
  ["select a from t where x in (select b from u) and c", "select a from t where x in (select b from u) or c"],
] as const;

describe("simplifyText", () => {
  it.each(KEPT)("makes one text of %j and what a server keeps", (written, kept) => {
    expect(simplifyText(kept)).toBe(simplifyText(written));
  });

  it.each(DIFFERENT)("tells %j from %j", (a, b) => {
    expect(simplifyText(a)).not.toBe(simplifyText(b));
  });
});
