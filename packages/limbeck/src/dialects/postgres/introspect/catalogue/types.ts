import { isAtLeast } from "../../capabilities.ts";
import { isOwn, modelName, sqlName } from "./names.ts";

/** An enum of the catalogue. */
export interface CatalogueEnum {
  readonly name: string;
  readonly values: readonly string[];
}

export const ENUMS: string = `SELECT json_agg(json_build_object('name', ${modelName("t.typnamespace", "t.typname")}, 'values', (
    SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]'::json) FROM pg_enum AS e WHERE e.enumtypid = t.oid
  )) ORDER BY ${modelName("t.typnamespace", "t.typname")} COLLATE "C")
  FROM pg_type AS t WHERE t.typtype = 'e' AND ${isOwn("pg_type", "t", "typnamespace")}`;

const COLLATION = `(SELECT ' COLLATE ' || l.oid::regcollation::text FROM pg_collation AS l JOIN pg_type AS b ON b.oid = t.typbasetype
    WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation)`;

/** One clause a line, so that two definitions can be compared clause by clause. */
const DOMAINS = `SELECT 'domain' AS kind, ${modelName("t.typnamespace", "t.typname")} AS name,
    concat('CREATE DOMAIN ', ${sqlName("t.typnamespace", "t.typname")}, ' AS ', format_type(t.typbasetype, t.typtypmod), ${COLLATION},
      E'\n  DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), t.typdefault), CASE WHEN t.typnotnull THEN E'\n  NOT NULL' END,
      (SELECT string_agg(format(E'\n  CONSTRAINT %I %s', o.conname, pg_get_constraintdef(o.oid)), '' ORDER BY o.conname COLLATE "C")
        FROM pg_constraint AS o WHERE o.contypid = t.oid AND o.contype = 'c')) AS definition,
    NULL::text AS "table", 'pg_type' AS catalogue, t.oid::bigint AS oid
  FROM pg_type AS t WHERE t.typtype = 'd' AND ${isOwn("pg_type", "t", "typnamespace")}`;

const COMPOSITES = `SELECT 'composite type', ${modelName("t.typnamespace", "t.typname")},
    concat('CREATE TYPE ', ${sqlName("t.typnamespace", "t.typname")}, ' AS (', (
      SELECT string_agg(format(E'\n  %I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        (SELECT ' COLLATE ' || l.oid::regcollation::text FROM pg_collation AS l JOIN pg_type AS b ON b.oid = a.atttypid
          WHERE l.oid = a.attcollation AND a.attcollation <> b.typcollation)), ',' ORDER BY a.attnum)
      FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ), E'\n)'), NULL::text, 'pg_class', t.typrelid::bigint
  FROM pg_type AS t JOIN pg_class AS c ON c.oid = t.typrelid AND c.relkind = 'c' WHERE ${isOwn("pg_type", "t", "typnamespace")}`;

/** Before version 14 there are none. */
const MULTIRANGE = `'MULTIRANGE_TYPE_NAME = ' || (SELECT ${sqlName("mt.typnamespace", "mt.typname")} FROM pg_type AS mt WHERE mt.oid = r.rngmultitypid)`;

const selectRanges = (version: string): string => `SELECT 'range type', ${modelName("t.typnamespace", "t.typname")},
    concat('CREATE TYPE ', ${sqlName("t.typnamespace", "t.typname")}, ' AS RANGE (', concat_ws(', ',
      'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
      (SELECT format('SUBTYPE_OPCLASS = %s', ${sqlName("oc.opcnamespace", "oc.opcname")}) FROM pg_opclass AS oc WHERE oc.oid = r.rngsubopc AND NOT oc.opcdefault),
      (SELECT 'COLLATION = ' || l.oid::regcollation::text FROM pg_collation AS l JOIN pg_type AS b ON b.oid = r.rngsubtype
        WHERE l.oid = r.rngcollation AND r.rngcollation <> b.typcollation),
      CASE WHEN r.rngcanonical::oid <> 0 THEN 'CANONICAL = ' || r.rngcanonical::regproc END,
      CASE WHEN r.rngsubdiff::oid <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc END,
      ${isAtLeast(version, "14") ? MULTIRANGE : "NULL"}
    ), ')'), NULL::text, 'pg_type', t.oid::bigint
  FROM pg_type AS t JOIN pg_range AS r ON r.rngtypid = t.oid WHERE ${isOwn("pg_type", "t", "typnamespace")}`;

/** Types that are kept as their definitions. */
export const selectTypes = (version: string): readonly string[] => [DOMAINS, COMPOSITES, selectRanges(version)];
