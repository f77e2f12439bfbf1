import { modelName, relationName, routineName } from "./names.ts";

/** That an object of {@link CatalogueObject} needs something. */
export interface CatalogueDependency {
  /** The catalogue that the object is in, and its OID there. */
  readonly catalogue: string;
  readonly oid: number;
  /** What the model calls what it needs; for what belongs to an extension that is the extension. */
  readonly name: string;
}

const NEEDED = "d.refclassid, d.refobjid FROM pg_depend AS d";
const IS_MEANT = "d.deptype IN ('n', 'a', 'i') AND d.refobjid >= 16384";

/**
 * What of the object the entry is about stands for the whole: a rule for its view, a condition for its domain. One query for each catalogue: in a database with the
 * tables of many, all entries together are too many to be joined with everything.
 */
const OWNERS: readonly string[] = [
  `SELECT d.classid::regclass::text AS catalogue, d.objid AS oid, ${NEEDED}
  WHERE ${IS_MEANT} AND d.classid IN ('pg_proc'::regclass, 'pg_policy'::regclass, 'pg_event_trigger'::regclass)`,
  // The types of rows and of arrays, which come and go with what they belong to, are left out: every table has two of them.
  `SELECT 'pg_type', d.objid, ${NEEDED} WHERE ${IS_MEANT} AND d.classid = 'pg_type'::regclass AND d.deptype <> 'i'`,
  `SELECT CASE v.relkind WHEN 'm' THEN 'pg_class' ELSE 'pg_rewrite' END, CASE v.relkind WHEN 'm' THEN v.oid ELSE w.oid END, ${NEEDED}
  JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid JOIN pg_class AS v ON v.oid = w.ev_class
  WHERE ${IS_MEANT} AND (v.relkind = 'm' OR w.rulename <> '_RETURN') AND d.refobjid <> v.oid`,
  `SELECT CASE WHEN o.contypid <> 0 THEN 'pg_type' ELSE 'pg_constraint' END, CASE WHEN o.contypid <> 0 THEN o.contypid ELSE o.oid END, ${NEEDED}
  JOIN pg_constraint AS o ON d.classid = 'pg_constraint'::regclass AND o.oid = d.objid
  WHERE ${IS_MEANT} AND (o.contypid <> 0 OR o.contype = 'x')`,
  `SELECT 'pg_class', c.oid, ${NEEDED} JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
  WHERE ${IS_MEANT} AND (c.relkind = 'c' OR c.relkind = 'i' AND d.refobjsubid = 0 AND d.refclassid <> 'pg_constraint'::regclass)`,
];

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
  FROM (SELECT DISTINCT k.catalogue, k.oid, ${NAME} AS name FROM (${OWNERS.join(" UNION ALL ")} OFFSET 0) AS k) AS n WHERE n.name IS NOT NULL`;
