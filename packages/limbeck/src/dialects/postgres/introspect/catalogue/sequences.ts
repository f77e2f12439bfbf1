import { isOwn, modelName } from "./names.ts";

/** A sequence that is no part of a column that numbers its rows. */
export interface CatalogueOwnSequence {
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly unlogged: boolean;
  readonly table: string | null;
  readonly column: string | null;
}

/** Whether a column is numbered by it in the usual way, so that it is no more than that. */
const IS_OF_COLUMN = `EXISTS (
    SELECT 1 FROM pg_depend AS d
    JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_attrdef AS v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND (
      d.deptype = 'i' OR (
        d.deptype = 'a' AND a.attnotnull AND pg_get_expr(v.adbin, v.adrelid) = format('nextval(%L::regclass)', c.oid::regclass::text)
        AND q.seqtypid = a.atttypid AND q.seqstart = 1 AND q.seqincrement = 1 AND q.seqmin = 1 AND q.seqcache = 1 AND NOT q.seqcycle
        AND q.seqmax = CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
      )
    )
  )`;

export const SEQUENCES: string = `SELECT json_agg(json_build_object(
    'name', ${modelName("c.relnamespace", "c.relname")}, 'type', format_type(q.seqtypid, NULL), 'start', q.seqstart::text,
    'increment', q.seqincrement::text, 'minimum', q.seqmin::text, 'maximum', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle, 'unlogged', c.relpersistence = 'u',
    'table', o.owner, 'column', o.attname
  ) ORDER BY ${modelName("c.relnamespace", "c.relname")} COLLATE "C")
  FROM pg_class AS c JOIN pg_sequence AS q ON q.seqrelid = c.oid
  LEFT JOIN LATERAL (
    SELECT ${modelName("oc.relnamespace", "oc.relname")} AS owner, oa.attname
    FROM pg_depend AS d JOIN pg_class AS oc ON oc.oid = d.refobjid JOIN pg_attribute AS oa ON oa.attrelid = oc.oid AND oa.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
    LIMIT 1
  ) AS o ON true
  WHERE ${isOwn("pg_class", "c", "relnamespace")} AND NOT ${IS_OF_COLUMN}`;
