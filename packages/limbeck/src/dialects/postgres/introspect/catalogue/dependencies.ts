import { modelName, relationName, routineName } from "./names.ts";

/** That an object of {@link CatalogueObject} needs something. */
export interface CatalogueDependency {
  /** The catalogue that the object is in, and its OID there. */
  readonly catalogue: string;
  readonly oid: number;
  /** What the model calls what it needs; for what belongs to an extension that is the extension. */
  readonly name: string;
}

/** What of the object the entry is about stands for the whole: a rule for its view, a condition for its domain. */
const OWNER = `SELECT CASE
      WHEN w.oid IS NOT NULL AND v.relkind = 'm' THEN 'pg_class' WHEN o.contypid <> 0 THEN 'pg_type' ELSE d.classid::regclass::text
    END AS catalogue,
    CASE WHEN w.oid IS NOT NULL AND v.relkind = 'm' THEN v.oid WHEN o.contypid <> 0 THEN o.contypid ELSE d.objid END AS oid,
    d.refclassid, d.refobjid
  FROM pg_depend AS d
  LEFT JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
  LEFT JOIN pg_class AS v ON v.oid = w.ev_class
  LEFT JOIN pg_constraint AS o ON d.classid = 'pg_constraint'::regclass AND o.oid = d.objid
  LEFT JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
  WHERE d.deptype IN ('n', 'a', 'i') AND d.refobjid >= 16384 AND (
    d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_policy'::regclass, 'pg_event_trigger'::regclass)
    OR w.oid IS NOT NULL AND (v.relkind = 'm' OR w.rulename <> '_RETURN') AND d.refobjid <> v.oid
    OR o.contypid <> 0 OR o.contype = 'x' OR c.relkind = 'c' OR c.relkind = 'i' AND d.refobjsubid = 0
  )`;

const NAME = `coalesce(
    (SELECT x.extname::text FROM pg_depend AS e JOIN pg_extension AS x ON x.oid = e.refobjid
      WHERE e.classid = k.refclassid AND e.objid = k.refobjid AND e.deptype = 'e' AND e.refclassid = 'pg_extension'::regclass),
    CASE k.refclassid
      WHEN 'pg_class'::regclass THEN (${relationName("k.refobjid")})
      WHEN 'pg_proc'::regclass THEN (SELECT ${routineName("rp")} FROM pg_proc AS rp WHERE rp.oid = k.refobjid)
      WHEN 'pg_type'::regclass THEN (
        SELECT CASE WHEN rt.typrelid <> 0 THEN (${relationName("rt.typrelid")}) ELSE ${modelName("rt.typnamespace", "rt.typname")} END
        FROM pg_type AS ra JOIN pg_type AS rt ON rt.oid = CASE WHEN ra.typcategory = 'A' AND ra.typelem <> 0 THEN ra.typelem ELSE ra.oid END
        WHERE ra.oid = k.refobjid AND NOT (k.catalogue = 'pg_type' AND k.oid = rt.oid)
      )
    END
  )`;

export const DEPENDENCIES: string = `SELECT json_agg(json_build_object('catalogue', n.catalogue, 'oid', n.oid::bigint, 'name', n.name)
    ORDER BY n.catalogue, n.oid, n.name COLLATE "C")
  FROM (SELECT DISTINCT k.catalogue, k.oid, ${NAME} AS name FROM (${OWNER}) AS k) AS n WHERE n.name IS NOT NULL`;
