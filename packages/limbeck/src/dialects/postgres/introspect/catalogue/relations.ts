import { isOwn, modelName } from "./names.ts";

/** A table or a view. https://www.postgresql.org/docs/current/catalog-pg-class.html */
export interface CatalogueRelation {
  readonly oid: number;
  readonly name: string;
  /** `relkind`: r table, p partitioned table, v view, f foreign table. */
  readonly kind: "r" | "p" | "v" | "f";
  readonly unlogged: boolean;
  /** Storage parameters, each `name=value`; those of its TOAST table begin with `toast.`. */
  readonly parameters: readonly string[] | null;
  /** Of a partitioned table: `RANGE (created_at)`. */
  readonly partitionKey: string | null;
  /** Of a partition: `FOR VALUES FROM (...) TO (...)`. */
  readonly bound: string | null;
  /** The tables that it inherits from, or is a partition of. */
  readonly parents: readonly string[] | null;
  /** Columns of a parent that hold no NULL here, though they may there. */
  readonly notNull: readonly string[] | null;
  /** The index by which CLUSTER puts its rows in order. */
  readonly clusterIndex: string | null;
  /** Of a view: what inserts take for columns that they leave out. */
  readonly defaults: Readonly<Record<string, string>> | null;
  /** d default, n nothing, f full, i index. */
  readonly replicaIdentity: "d" | "n" | "f" | "i";
  readonly replicaIndex: string | null;
  /** The composite type that it is a table of. */
  readonly typed: boolean;
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  readonly comment: string | null;
  /** The query of a view. */
  readonly definition: string | null;
}

export const RELATIONS: string = `SELECT json_agg(json_build_object(
    'oid', c.oid::bigint, 'name', ${modelName("c.relnamespace", "c.relname")}, 'kind', c.relkind, 'unlogged', c.relpersistence = 'u',
    'parameters', (
      SELECT json_agg(p.parameter) FROM (
        SELECT unnest(c.reloptions) AS parameter
        UNION ALL
        SELECT 'toast.' || unnest(t.reloptions) FROM pg_class AS t WHERE t.oid = c.reltoastrelid
      ) AS p
    ),
    'partitionKey', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
    'bound', CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
    'parents', (
      SELECT json_agg(${modelName("ip.relnamespace", "ip.relname")} ORDER BY i.inhseqno)
      FROM pg_inherits AS i JOIN pg_class AS ip ON ip.oid = i.inhparent WHERE i.inhrelid = c.oid
    ),
    'notNull', CASE WHEN EXISTS (SELECT 1 FROM pg_inherits AS h WHERE h.inhrelid = c.oid) THEN (
      SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute AS a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND a.attinhcount > 0 AND NOT a.attislocal
        AND NOT EXISTS (
          SELECT 1 FROM pg_inherits AS i JOIN pg_attribute AS pa ON pa.attrelid = i.inhparent AND pa.attname = a.attname
          WHERE i.inhrelid = c.oid AND pa.attnotnull
        )
        AND NOT EXISTS (
          SELECT 1 FROM pg_constraint AS o WHERE o.conrelid = c.oid AND o.contype = 'p' AND a.attnum = ANY (o.conkey)
        )
    ) END,
    'clusterIndex', (SELECT ci.relname FROM pg_index AS x JOIN pg_class AS ci ON ci.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered),
    'defaults', CASE WHEN c.relkind = 'v' THEN (
      SELECT json_object_agg(a.attname, pg_get_expr(v.adbin, v.adrelid) ORDER BY a.attname COLLATE "C")
      FROM pg_attrdef AS v JOIN pg_attribute AS a ON a.attrelid = v.adrelid AND a.attnum = v.adnum WHERE v.adrelid = c.oid
    ) END,
    'replicaIdentity', c.relreplident,
    'replicaIndex', CASE WHEN c.relreplident = 'i' THEN (
      SELECT ri.relname FROM pg_index AS x JOIN pg_class AS ri ON ri.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisreplident
    ) END,
    'typed', c.reloftype <> 0,
    'rowSecurity', c.relrowsecurity, 'forcedRowSecurity', c.relforcerowsecurity,
    'comment', cd.description,
    'definition', CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END
  ) ORDER BY c.relnamespace <> quote_ident(current_schema())::regnamespace, c.relnamespace::regnamespace::text COLLATE "C", c.relname COLLATE "C")
  FROM pg_class AS c
  -- Joined: the server's own functions for comments are a query of their own for each row.
  LEFT JOIN pg_description AS cd ON cd.objoid = c.oid AND cd.classoid = 'pg_class'::regclass AND cd.objsubid = 0
  WHERE c.relkind IN ('r', 'p', 'v', 'f') AND ${isOwn("pg_class", "c", "relnamespace")}`;
