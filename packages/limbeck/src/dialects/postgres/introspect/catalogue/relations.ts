/** A table, a view or a sequence. https://www.postgresql.org/docs/current/catalog-pg-class.html */
export interface CatalogueRelation {
  readonly oid: number;
  readonly name: string;
  /** `relkind`: r table, p partitioned table, v view, m materialized view, f foreign table, S sequence. */
  readonly kind: "r" | "p" | "v" | "m" | "f" | "S";
  readonly unlogged: boolean;
  /** Storage parameters, each `name=value`; those of its TOAST table begin with `toast.`. */
  readonly parameters: readonly string[] | null;
  readonly partition: boolean;
  readonly inherits: boolean;
  /** The composite type that it is a table of. */
  readonly typed: boolean;
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  readonly comment: string | null;
  /** The query of a view. */
  readonly definition: string | null;
  /** Rules besides the one that makes a view a view. */
  readonly rules: readonly { readonly name: string; readonly definition: string }[] | null;
  /** Of a sequence: the column that it goes with is an identity, or `serial` as the catalogue has it. */
  readonly owned: boolean;
}

/** Everything in the current schema but what belongs to an extension. */
export const IN_SCHEMA = (catalogue: string, alias: string, namespace: string): string =>
  `${alias}.${namespace} = current_schema()::regnamespace AND NOT EXISTS (
    SELECT 1 FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${alias}.oid AND e.deptype = 'e'
  )`;

export const RELATIONS: string = `SELECT json_agg(json_build_object(
    'oid', c.oid::bigint, 'name', c.relname, 'kind', c.relkind, 'unlogged', c.relpersistence = 'u',
    'parameters', (
      SELECT json_agg(p.parameter) FROM (
        SELECT unnest(c.reloptions) AS parameter
        UNION ALL
        SELECT 'toast.' || unnest(t.reloptions) FROM pg_class AS t WHERE t.oid = c.reltoastrelid
      ) AS p
    ),
    'partition', c.relispartition,
    'inherits', EXISTS (SELECT 1 FROM pg_inherits AS i WHERE c.oid IN (i.inhrelid, i.inhparent)),
    'typed', c.reloftype <> 0,
    'rowSecurity', c.relrowsecurity, 'forcedRowSecurity', c.relforcerowsecurity,
    'comment', obj_description(c.oid, 'pg_class'),
    'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
    'rules', (
      SELECT json_agg(json_build_object('name', r.rulename, 'definition', pg_get_ruledef(r.oid)) ORDER BY r.rulename)
      FROM pg_rewrite AS r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'
    ),
    'owned', c.relkind = 'S' AND EXISTS (
      SELECT 1 FROM pg_depend AS d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    )
  ) ORDER BY c.relname COLLATE "C")
  FROM pg_class AS c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${IN_SCHEMA("pg_class", "c", "relnamespace")}`;
