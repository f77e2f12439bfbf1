import { OWN_NAMESPACES, sqlName, switchWord } from "./names.ts";

/** A trigger of a table or a view. https://www.postgresql.org/docs/current/catalog-pg-trigger.html */
export interface CatalogueTrigger {
  readonly relation: number;
  readonly name: string;
  /** The whole statement, and those that switch it off, or on for replicas, in its table and in partitions where it is otherwise. */
  readonly definition: string;
}

/** The triggers that partitions have from one of their table, each with the state of the one above it, from which it has its own. */
const PARTS = `WITH RECURSIVE parts AS (
      SELECT k.oid, k.tgrelid, k.tgname, k.tgenabled, g.tgenabled AS whole, 1 AS level FROM pg_trigger AS k WHERE k.tgparentid = g.oid
      UNION ALL
      SELECT k.oid, k.tgrelid, k.tgname, k.tgenabled, p.tgenabled, p.level + 1 FROM parts AS p JOIN pg_trigger AS k ON k.tgparentid = p.oid
    ) SELECT * FROM parts`;

export const TRIGGERS: string = `SELECT json_agg(json_build_object(
    'relation', g.tgrelid::bigint, 'name', g.tgname, 'definition', concat(pg_get_triggerdef(g.oid, true),
      CASE WHEN g.tgenabled <> 'O' THEN concat(E';\nALTER TABLE ', ${sqlName("c.relnamespace", "c.relname")}, ' ', ${switchWord("g.tgenabled")}, ' TRIGGER ', quote_ident(g.tgname)) END,
      (SELECT string_agg(concat(E';\nALTER TABLE ', ${sqlName("pc.relnamespace", "pc.relname")}, ' ', ${switchWord("pt.tgenabled")}, ' TRIGGER ', quote_ident(pt.tgname)), ''
          ORDER BY pt.level, ${sqlName("pc.relnamespace", "pc.relname")} COLLATE "C")
        FROM (${PARTS}) AS pt JOIN pg_class AS pc ON pc.oid = pt.tgrelid WHERE c.relkind = 'p' AND pt.tgenabled <> pt.whole))
  ) ORDER BY g.tgname COLLATE "C", g.tgrelid)
  FROM pg_trigger AS g
  JOIN pg_class AS c ON c.oid = g.tgrelid AND c.relnamespace IN (${OWN_NAMESPACES})
  WHERE NOT g.tgisinternal AND g.tgparentid = 0`;
