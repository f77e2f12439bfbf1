import { isAtLeast } from "../../capabilities.ts";
import { OWN_NAMESPACES, sharedName } from "./names.ts";
import { partNames } from "./part-names.ts";

/** A column or an expression of an index. */
export interface CatalogueIndexPart {
  /** Null for an expression. */
  readonly column: string | null;
  readonly expression: string | null;
  /** Bits: 1 descending, 2 NULL first. */
  readonly order: number;
  /** Where it is not the one that goes without saying. */
  readonly collation: string | null;
  readonly operatorClass: string | null;
  /** Parameters of the operator class, each `name=value`. */
  readonly classParameters: readonly string[] | null;
  readonly statistics: number | null;
}

/** An index that belongs to no constraint. https://www.postgresql.org/docs/current/catalog-pg-index.html */
export interface CatalogueIndex {
  readonly relation: number;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  /** Whether it has an order that DESC and NULLS FIRST could change. */
  readonly ordered: boolean;
  readonly where: string | null;
  readonly nullsNotDistinct: boolean;
  readonly parameters: readonly string[] | null;
  readonly include: readonly string[] | null;
  readonly parts: readonly CatalogueIndexPart[];
  /** Of a partitioned table: what partitions call their parts of it, where they chose a name. */
  readonly partNames: Readonly<Record<string, string>> | null;
  /** False for what a CREATE INDEX CONCURRENTLY that failed has left, and for one that was made with ON ONLY. */
  readonly valid: boolean;
  /** Whether it is of a partitioned table, and not valid until each partition has its part. */
  readonly whole: boolean;
}

/** @param version of the server: some columns came later */
export const selectIndexes = (version: string): string => `SELECT json_agg(json_build_object(
    'relation', i.indrelid::bigint, 'name', x.relname, 'unique', i.indisunique, 'method', m.amname,
    'ordered', pg_indexam_has_property(m.oid, 'can_order'),
    'where', pg_get_expr(i.indpred, i.indrelid), 'nullsNotDistinct', ${isAtLeast(version, "15") ? "i.indnullsnotdistinct" : "false"}, 'parameters', to_json(x.reloptions),
    'include', (
      SELECT json_agg(n.attname ORDER BY k.place)
      FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute AS n ON n.attrelid = i.indrelid AND n.attnum = k.number
      WHERE k.place > i.indnkeyatts
    ),
    'parts', (
      SELECT json_agg(json_build_object(
        'column', n.attname,
        'expression', CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.place::int, false) END,
        'order', (i.indoption::int2[])[k.place - 1],
        'collation', (
          SELECT ${sharedName("l.collnamespace", "l.collname")} FROM pg_collation AS l
          WHERE l.oid = (i.indcollation::oid[])[k.place - 1] AND l.oid <> coalesce(n.attcollation, 'pg_catalog."default"'::regcollation)
        ),
        'operatorClass', (
          SELECT ${sharedName("o.opcnamespace", "o.opcname")} FROM pg_opclass AS o
          WHERE o.oid = (i.indclass::oid[])[k.place - 1] AND (NOT o.opcdefault OR p.attoptions IS NOT NULL)
        ),
        'classParameters', to_json(p.attoptions), 'statistics', CASE WHEN p.attstattarget >= 0 THEN p.attstattarget END
      ) ORDER BY k.place)
      FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
      LEFT JOIN pg_attribute AS n ON n.attrelid = i.indrelid AND n.attnum = k.number AND k.number <> 0
      LEFT JOIN pg_attribute AS p ON p.attrelid = i.indexrelid AND p.attnum = k.place
      WHERE k.place <= i.indnkeyatts
    ),
    'partNames', CASE WHEN x.relkind = 'I' THEN ${partNames("i.indexrelid")} END, 'valid', i.indisvalid, 'whole', x.relkind = 'I'
  ) ORDER BY i.indrelid, x.relname COLLATE "C")
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p') AND c.relnamespace IN (${OWN_NAMESPACES})
  JOIN pg_class AS x ON x.oid = i.indexrelid
  JOIN pg_am AS m ON m.oid = x.relam
  WHERE NOT EXISTS (SELECT 1 FROM pg_constraint AS o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
    -- One that comes with the index of a partitioned table.
    AND NOT EXISTS (SELECT 1 FROM pg_inherits AS h WHERE h.inhrelid = i.indexrelid)`;
