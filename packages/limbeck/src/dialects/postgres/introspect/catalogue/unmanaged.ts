import { IN_SCHEMA } from "./relations.ts";

/** Something besides tables and views. */
export interface CatalogueObject {
  readonly kind: string;
  readonly name: string;
  /** The statement that creates it; null where none is known. */
  readonly definition: string | null;
}

const TYPES = `SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' ELSE 'composite type' END AS kind,
    format('%I', t.typname) AS name,
    CASE t.typtype
      WHEN 'e' THEN format('CREATE TYPE %I AS ENUM (%s)', t.typname, (
        SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = t.oid
      ))
      WHEN 'd' THEN format('CREATE DOMAIN %I AS %s%s%s%s%s', t.typname, format_type(t.typbasetype, t.typtypmod),
        (SELECT format(' COLLATE %I', l.collname) FROM pg_collation AS l JOIN pg_type AS b ON b.oid = t.typbasetype
          WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation),
        ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END,
        (SELECT string_agg(format(' CONSTRAINT %I %s', o.conname, pg_get_constraintdef(o.oid)), '' ORDER BY o.conname)
          FROM pg_constraint AS o WHERE o.contypid = t.oid AND o.contype = 'c'))
      WHEN 'c' THEN format('CREATE TYPE %I AS (%s)', t.typname, (
        SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
        FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
      ))
      WHEN 'r' THEN (
        SELECT format('CREATE TYPE %I AS RANGE (SUBTYPE = %s)', t.typname, format_type(r.rngsubtype, NULL)) FROM pg_range AS r WHERE r.rngtypid = t.oid
      )
    END AS definition
  FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid
  WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${IN_SCHEMA("pg_type", "t", "typnamespace")}`;

const ROUTINES = `SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
    format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
    CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END
  FROM pg_proc AS p WHERE ${IN_SCHEMA("pg_proc", "p", "pronamespace")}`;

/** Those that no column owns, and those that a column owns without being numbered by them in the usual way. */
const SEQUENCES = `SELECT 'sequence', format('%I', c.relname),
    format('CREATE SEQUENCE %I AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', c.relname, format_type(q.seqtypid, NULL),
      q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END)
  FROM pg_class AS c JOIN pg_sequence AS q ON q.seqrelid = c.oid
  WHERE ${IN_SCHEMA("pg_class", "c", "relnamespace")} AND NOT EXISTS (
    SELECT 1 FROM pg_depend AS d
    JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_attrdef AS v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND (
      d.deptype = 'i' OR (
        d.deptype = 'a' AND pg_get_expr(v.adbin, v.adrelid) = format('nextval(%L::regclass)', c.oid::regclass::text)
        AND q.seqtypid = a.atttypid AND q.seqstart = 1 AND q.seqincrement = 1 AND q.seqmin = 1 AND q.seqcache = 1 AND NOT q.seqcycle
        AND q.seqmax = CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
      )
    )
  )`;

const EXTENSIONS = `SELECT 'extension', format('%I', x.extname),
    format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I', x.extname, n.nspname)
  FROM pg_extension AS x JOIN pg_namespace AS n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;

const POLICIES = `SELECT 'policy', format('%I on %I', p.polname, c.relname),
    format('CREATE POLICY %I ON %I AS %s FOR %s TO %s%s%s', p.polname, c.relname,
      CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(CASE WHEN r.role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.role)) END, ', ') FROM unnest(p.polroles) AS r (role)),
      ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
  FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid WHERE c.relnamespace = current_schema()::regnamespace`;

const STATISTICS = `SELECT 'statistics', format('%I', s.stxname), pg_get_statisticsobjdef(s.oid)
  FROM pg_statistic_ext AS s WHERE ${IN_SCHEMA("pg_statistic_ext", "s", "stxnamespace")}`;

const COLLATIONS = `SELECT 'collation', format('%I', l.collname), NULL
  FROM pg_collation AS l WHERE ${IN_SCHEMA("pg_collation", "l", "collnamespace")}`;

/** Schemas with something in them; what is in them is not looked at. */
const SCHEMAS = `SELECT 'schema', format('%I', n.nspname), NULL
  FROM pg_namespace AS n
  WHERE n.oid <> current_schema()::regnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND EXISTS (
    SELECT 1 FROM pg_class AS c WHERE c.relnamespace = n.oid
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
  )`;

/** Notes on what the model keeps no notes on. */
const COMMENTS = `SELECT 'comment', format('on index %I', x.relname), format('COMMENT ON INDEX %I IS %L', x.relname, d.description)
  FROM pg_description AS d JOIN pg_class AS x ON d.classoid = 'pg_class'::regclass AND x.oid = d.objoid AND x.relkind = 'i'
  WHERE x.relnamespace = current_schema()::regnamespace AND d.objsubid = 0
  UNION ALL
  SELECT 'comment', format('on view %I', x.relname), format('COMMENT ON VIEW %I IS %L', x.relname, d.description)
  FROM pg_description AS d JOIN pg_class AS x ON d.classoid = 'pg_class'::regclass AND x.oid = d.objoid AND x.relkind = 'v'
  WHERE d.objsubid = 0 AND ${IN_SCHEMA("pg_class", "x", "relnamespace")}
  UNION ALL
  SELECT 'comment', format('on constraint %I of %I', o.conname, c.relname),
    format('COMMENT ON CONSTRAINT %I ON %I IS %L', o.conname, c.relname, d.description)
  FROM pg_description AS d JOIN pg_constraint AS o ON d.classoid = 'pg_constraint'::regclass AND o.oid = d.objoid
  JOIN pg_class AS c ON c.oid = o.conrelid
  WHERE c.relnamespace = current_schema()::regnamespace
  UNION ALL
  SELECT 'comment', format('on trigger %I of %I', g.tgname, c.relname),
    format('COMMENT ON TRIGGER %I ON %I IS %L', g.tgname, c.relname, d.description)
  FROM pg_description AS d JOIN pg_trigger AS g ON d.classoid = 'pg_trigger'::regclass AND g.oid = d.objoid
  JOIN pg_class AS c ON c.oid = g.tgrelid
  WHERE c.relnamespace = current_schema()::regnamespace`;

export const OBJECTS: string = `SELECT json_agg(json_build_object('kind', o.kind, 'name', o.name, 'definition', o.definition))
  FROM (${[EXTENSIONS, SCHEMAS, TYPES, SEQUENCES, ROUTINES, STATISTICS, COLLATIONS, POLICIES, COMMENTS]
    .map((query) => `(${query})`)
    .join(" UNION ALL ")}) AS o (kind, name, definition)`;
