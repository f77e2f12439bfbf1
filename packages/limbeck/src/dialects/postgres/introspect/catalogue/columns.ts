import { isAtLeast } from "../../capabilities.ts";
import { OWN_NAMESPACES, sharedName } from "./names.ts";

/** The parameters of a sequence, as text: they may be beyond what a number holds. */
export interface CatalogueSequence {
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** Whether all of them are what the server chooses by itself for the type of the column. */
  readonly plain: boolean;
}

/** A column of a table. https://www.postgresql.org/docs/current/catalog-pg-attribute.html */
export interface CatalogueColumn {
  readonly relation: number;
  readonly name: string;
  /** In the server's words, with length and the like. */
  readonly type: string;
  /** Without them. */
  readonly baseType: string;
  readonly notNull: boolean;
  /** The default, or how the column is computed. */
  readonly expression: string | null;
  /** Empty, or `s` for stored and `v` for virtual. */
  readonly generated: "" | "s" | "v";
  /** Empty, or `a` for always and `d` for by default. */
  readonly identity: "" | "a" | "d";
  /** Its collation, where it is not that of its type. */
  readonly collation: string | null;
  readonly comment: string | null;
  /** How its values are stored, where it is not as its type says: p plain, e external, m main, x extended. */
  readonly storage: "p" | "e" | "m" | "x" | null;
  /** p for pglz, l for lz4. */
  readonly compression: "p" | "l" | null;
  /** How many values ANALYZE looks at, where it is not as the server says. */
  readonly statistics: number | null;
  /** Each `name=value`. */
  readonly parameters: readonly string[] | null;
  /** Whether it is there only because a parent has it. */
  readonly inherited: boolean;
  /** What its NOT NULL is called, where somebody chose a name. */
  readonly notNullName: string | null;
  readonly notNullNoInherit: boolean;
  readonly notNullNotValid: boolean;
  /** The sequence that numbers the column. */
  readonly sequence: CatalogueSequence | null;
  /** Whether it does so by the default. */
  readonly countsUp: boolean;
}

/** The sequence that numbers a column: that of its identity, or the one that its default names. Others may go with it as well. */
const SEQUENCE = `SELECT json_build_object(
      'start', q.seqstart::text, 'increment', q.seqincrement::text,
      'minimum', q.seqmin::text, 'maximum', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle,
      'plain', q.seqtypid = a.atttypid AND q.seqstart = 1 AND q.seqincrement = 1 AND q.seqmin = 1 AND q.seqcache = 1
        AND NOT q.seqcycle AND q.seqmax = CASE a.atttypid
          WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
    )
    FROM pg_depend AS d JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_sequence AS q ON q.seqrelid = s.oid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
      AND d.refobjsubid = a.attnum
      -- Whatever else a sequence goes with is not numbered by it.
      AND (a.attidentity <> '' OR a.atthasdef) AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      AND (d.deptype = 'i' OR (
        d.deptype = 'a' AND pg_get_expr(v.adbin, v.adrelid) = format('nextval(%L::regclass)', s.oid::regclass::text)
      ))
    LIMIT 1`;

/** The constraint by which a column takes no NULL. */
const NOT_NULL = `LEFT JOIN LATERAL (
    SELECT nullif(o.conname, o.usual) AS conname, o.connoinherit, o.convalidated
    FROM (
      SELECT q.conname, q.connoinherit, q.convalidated, CASE
        WHEN regexp_replace(q.conname, '_null\\d*$', '_null') = concat_ws('_', c.relname, a.attname, 'not_null')
          OR length(concat_ws('_', c.relname, a.attname, 'not_null')) > 63 THEN q.conname END AS usual
      FROM pg_constraint AS q WHERE q.conrelid = a.attrelid AND q.contype = 'n' AND q.conkey = ARRAY[a.attnum]
    ) AS o LIMIT 1
  ) AS n ON true`;

/** Before version 18 there is none. */
const NO_CONSTRAINT = "CROSS JOIN (SELECT NULL::text AS conname, false AS connoinherit, true AS convalidated) AS n";

/** @param version of the server: some columns came later */
export const selectColumns = (version: string): string => `SELECT json_agg(json_build_object(
    'relation', a.attrelid::bigint, 'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod), 'baseType', format_type(a.atttypid, NULL),
    'notNull', a.attnotnull, 'expression', pg_get_expr(v.adbin, v.adrelid),
    'generated', a.attgenerated, 'identity', a.attidentity,
    'collation', (SELECT ${sharedName("l.collnamespace", "l.collname")} FROM pg_collation AS l WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation),
    'comment', cd.description,
    'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, 'compression', ${isAtLeast(version, "14") ? "nullif(a.attcompression, '')" : "NULL"},
    'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
    -- By one of them some builds of the server count the versions of a column.
    'parameters', CASE WHEN a.attoptions IS NOT NULL THEN (SELECT json_agg(p) FROM unnest(a.attoptions) AS p WHERE p NOT LIKE 'pg\\_%') END,
    'notNullName', n.conname, 'notNullNoInherit', coalesce(n.connoinherit, false), 'notNullNotValid', NOT coalesce(n.convalidated, true),
    'inherited', a.attinhcount > 0 AND NOT a.attislocal,
    'sequence', s.sequence,
    'countsUp', s.sequence IS NOT NULL AND a.attidentity = ''
  ) ORDER BY a.attrelid, a.attnum)
  FROM pg_attribute AS a
  JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relnamespace IN (${OWN_NAMESPACES})
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef AS v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
  LEFT JOIN pg_description AS cd ON cd.objoid = a.attrelid AND cd.classoid = 'pg_class'::regclass AND cd.objsubid = a.attnum
  ${isAtLeast(version, "18") ? NOT_NULL : NO_CONSTRAINT}
  LEFT JOIN LATERAL (${SEQUENCE}) AS s (sequence) ON true
  WHERE a.attnum > 0 AND NOT a.attisdropped`;
