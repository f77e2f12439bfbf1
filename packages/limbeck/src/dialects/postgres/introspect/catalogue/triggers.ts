import { OWN_NAMESPACES, sqlName, switchWord } from "./names.ts";

/** A trigger of a table or a view. https://www.postgresql.org/docs/current/catalog-pg-trigger.html */
export interface CatalogueTrigger {
  readonly relation: number;
  readonly name: string;
  /** The whole statement, and the one that switches it off, or on for replicas. */
  readonly definition: string;
}

export const TRIGGERS: string = `SELECT json_agg(json_build_object(
    'relation', g.tgrelid::bigint, 'name', g.tgname, 'definition', concat(pg_get_triggerdef(g.oid, true),
      CASE WHEN g.tgenabled <> 'O' THEN concat(E';\nALTER TABLE ', ${sqlName("c.relnamespace", "c.relname")}, ' ', ${switchWord("g.tgenabled")}, ' TRIGGER ', quote_ident(g.tgname)) END)
  ) ORDER BY g.tgname COLLATE "C", g.tgrelid)
  FROM pg_trigger AS g
  JOIN pg_class AS c ON c.oid = g.tgrelid AND c.relnamespace IN (${OWN_NAMESPACES})
  WHERE NOT g.tgisinternal AND g.tgparentid = 0`;
