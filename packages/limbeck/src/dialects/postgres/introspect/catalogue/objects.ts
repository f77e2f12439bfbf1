import { isOwn, modelName, notOfExtension, OWN_NAMESPACES, routineName, sqlName } from "./names.ts";
import { TYPES } from "./types.ts";

/** Something that is kept as the statement that creates it. */
export interface CatalogueObject {
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
  readonly table: string | null;
  /** Where it is in the catalogue, for finding what it needs; null where it needs nothing that its definition does not show. */
  readonly catalogue: string | null;
  readonly oid: number | null;
}

const ROUTINES = `SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, ${routineName("p")},
    pg_get_functiondef(p.oid), NULL::text, 'pg_proc', p.oid::bigint
  FROM pg_proc AS p WHERE p.prokind <> 'a' AND ${isOwn("pg_proc", "p", "pronamespace")}
    -- Those that come with a range type.
    AND NOT EXISTS (SELECT 1 FROM pg_depend AS i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`;

/** https://www.postgresql.org/docs/current/sql-createaggregate.html */
const AGGREGATES = `SELECT 'aggregate', ${routineName("p")},
    concat('CREATE AGGREGATE ', ${sqlName("p.pronamespace", "p.proname")}, '(', CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_identity_arguments(p.oid) END, E') (\n  ',
      concat_ws(E',\n  ', 'SFUNC = ' || g.aggtransfn::regproc, 'STYPE = ' || format_type(g.aggtranstype, NULL),
        CASE WHEN g.aggtransspace <> 0 THEN 'SSPACE = ' || g.aggtransspace END,
        CASE WHEN g.aggfinalfn::oid <> 0 THEN 'FINALFUNC = ' || g.aggfinalfn::regproc END,
        CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        CASE WHEN g.aggcombinefn::oid <> 0 THEN 'COMBINEFUNC = ' || g.aggcombinefn::regproc END,
        CASE WHEN g.aggserialfn::oid <> 0 THEN 'SERIALFUNC = ' || g.aggserialfn::regproc END,
        CASE WHEN g.aggdeserialfn::oid <> 0 THEN 'DESERIALFUNC = ' || g.aggdeserialfn::regproc END,
        'INITCOND = ' || quote_literal(g.agginitval),
        CASE WHEN g.aggmtransfn::oid <> 0 THEN 'MSFUNC = ' || g.aggmtransfn::regproc END,
        CASE WHEN g.aggminvtransfn::oid <> 0 THEN 'MINVFUNC = ' || g.aggminvtransfn::regproc END,
        CASE WHEN g.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(g.aggmtranstype, NULL) END,
        CASE WHEN g.aggmfinalfn::oid <> 0 THEN 'MFINALFUNC = ' || g.aggmfinalfn::regproc END,
        'MINITCOND = ' || quote_literal(g.aggminitval),
        CASE WHEN g.aggsortop <> 0 THEN 'SORTOP = ' || g.aggsortop::regoper END,
        CASE p.proparallel WHEN 's' THEN 'PARALLEL = safe' WHEN 'r' THEN 'PARALLEL = restricted' END,
        CASE g.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END
      ), E'\n)'), NULL::text, 'pg_proc', p.oid::bigint
  FROM pg_proc AS p JOIN pg_aggregate AS g ON g.aggfnoid = p.oid WHERE ${isOwn("pg_proc", "p", "pronamespace")}`;

const EXTENSIONS = `SELECT 'extension', ${modelName("0", "x.extname")},
    format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', x.extname, n.nspname), NULL::text, NULL::text, NULL::bigint
  FROM pg_extension AS x JOIN pg_namespace AS n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;

/** Those in which names are looked up are there anyway. */
const SCHEMAS = `SELECT 'schema', ${modelName("0", "n.nspname")}, format('CREATE SCHEMA %I', n.nspname), NULL::text, NULL::text, NULL::bigint
  FROM pg_namespace AS n
  WHERE n.oid IN (${OWN_NAMESPACES}) AND n.nspname <> 'public' AND NOT n.nspname = ANY (current_schemas(false))
    AND ${notOfExtension("pg_namespace", "n.oid")}`;

const WITH_OPTIONS = `(SELECT format(' WITH (%s)', string_agg(format('%s = %L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), ', '))
    FROM unnest(c.reloptions) AS o HAVING count(*) > 0)`;

const MATERIALIZED_VIEWS = `SELECT 'materialized view', ${modelName("c.relnamespace", "c.relname")},
    concat('CREATE MATERIALIZED VIEW ', ${sqlName("c.relnamespace", "c.relname")}, ${WITH_OPTIONS}, E' AS\n',
      rtrim(pg_get_viewdef(c.oid), E'; \n'), CASE WHEN NOT c.relispopulated THEN E'\n  WITH NO DATA' END),
    NULL::text, 'pg_class', c.oid::bigint
  FROM pg_class AS c WHERE c.relkind = 'm' AND ${isOwn("pg_class", "c", "relnamespace")}`;

/** Those of materialized views; those of tables are a part of them. */
const INDEXES = `SELECT 'index', ${modelName("x.relnamespace", "x.relname")}, pg_get_indexdef(i.indexrelid),
    ${modelName("c.relnamespace", "c.relname")}, 'pg_class', i.indexrelid::bigint
  FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid JOIN pg_class AS c ON c.oid = i.indrelid AND c.relkind = 'm'
  WHERE c.relnamespace IN (${OWN_NAMESPACES}) AND ${notOfExtension("pg_class", "c.oid")}`;

const onTable = (name: string): string =>
  `concat(quote_ident(${name}), ' on ', ${modelName("c.relnamespace", "c.relname")})`;
const TABLE = modelName("c.relnamespace", "c.relname");
const SQL_TABLE = sqlName("c.relnamespace", "c.relname");

const POLICIES = `SELECT 'policy', ${onTable("p.polname")},
    concat(format('CREATE POLICY %I ON ', p.polname), ${SQL_TABLE}, format(E'\n  AS %s\n  FOR %s\n  TO %s',
      CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(CASE WHEN r.role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.role)) END, ', '
        ORDER BY pg_get_userbyid(r.role)) FROM unnest(p.polroles) AS r (role))),
      E'\n  USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', E'\n  WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
    ${TABLE}, 'pg_policy', p.oid::bigint
  FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid WHERE c.relnamespace IN (${OWN_NAMESPACES})`;

const RULES = `SELECT 'rule', ${onTable("r.rulename")}, rtrim(pg_get_ruledef(r.oid, true), '; '), ${TABLE}, 'pg_rewrite', r.oid::bigint
  FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
  WHERE r.rulename <> '_RETURN' AND ${isOwn("pg_class", "c", "relnamespace")}`;

const EXCLUSIONS = `SELECT 'exclusion constraint', ${onTable("o.conname")},
    concat('ALTER TABLE ', ${SQL_TABLE}, format(' ADD CONSTRAINT %I ', o.conname), pg_get_constraintdef(o.oid)), ${TABLE},
    'pg_constraint', o.oid::bigint
  FROM pg_constraint AS o JOIN pg_class AS c ON c.oid = o.conrelid
  WHERE o.contype = 'x' AND o.conparentid = 0 AND ${isOwn("pg_class", "c", "relnamespace")}`;

const STATISTICS = `SELECT 'statistics', ${modelName("s.stxnamespace", "s.stxname")}, pg_get_statisticsobjdef(s.oid), ${TABLE}, NULL::text, NULL::bigint
  FROM pg_statistic_ext AS s JOIN pg_class AS c ON c.oid = s.stxrelid WHERE ${isOwn("pg_statistic_ext", "s", "stxnamespace")}`;

const COLLATIONS = `SELECT 'collation', ${modelName("l.collnamespace", "l.collname")},
    concat('CREATE COLLATION ', ${sqlName("l.collnamespace", "l.collname")}, ' (', concat_ws(', ',
      'PROVIDER = ' || CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
      'LOCALE = ' || quote_literal(coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', l.collcollate)),
      CASE WHEN NOT l.collisdeterministic THEN 'DETERMINISTIC = false' END), ')'), NULL::text, NULL::text, NULL::bigint
  FROM pg_collation AS l WHERE ${isOwn("pg_collation", "l", "collnamespace")}`;

const EVENT_TRIGGERS = `SELECT 'event trigger', quote_ident(v.evtname),
    concat(format(E'CREATE EVENT TRIGGER %I ON %s', v.evtname, v.evtevent),
      (SELECT format(E'\n  WHEN TAG IN (%s)', string_agg(quote_literal(t), ', ')) FROM unnest(v.evttags) AS t HAVING count(*) > 0),
      E'\n  EXECUTE FUNCTION ', v.evtfoid::regproc, '()'), NULL::text, 'pg_event_trigger', v.oid::bigint
  FROM pg_event_trigger AS v WHERE ${notOfExtension("pg_event_trigger", "v.oid")}`;

/** What a note is on, in the words of COMMENT ON; null for what the model keeps notes on itself, or has no words for. */
const NOTED = `CASE
      WHEN n.oid IS NOT NULL THEN 'schema'
      WHEN c.oid IS NOT NULL AND d.objsubid <> 0 THEN CASE WHEN c.relkind IN ('v', 'm', 'c') THEN 'column' END
      WHEN c.oid IS NOT NULL THEN CASE c.relkind WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' END
      WHEN t.oid IS NOT NULL THEN CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END
      WHEN p.oid IS NOT NULL THEN CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
      WHEN part.word IS NOT NULL THEN part.word
    END`;

/** Something with a name of its own on each table. */
const PARTS = `SELECT 'pg_constraint'::regclass AS class, o.oid, 'constraint' AS word, o.conname AS name, o.conrelid AS relation FROM pg_constraint AS o WHERE o.conrelid <> 0
    UNION ALL SELECT 'pg_trigger'::regclass, g.oid, 'trigger', g.tgname, g.tgrelid FROM pg_trigger AS g
    UNION ALL SELECT 'pg_policy'::regclass, y.oid, 'policy', y.polname, y.polrelid FROM pg_policy AS y
    UNION ALL SELECT 'pg_rewrite'::regclass, w.oid, 'rule', w.rulename, w.ev_class FROM pg_rewrite AS w`;

/** Notes on what the model keeps no notes on. */
const COMMENTS = `SELECT 'comment', concat('on ', m.word, ' ', m.name), concat('COMMENT ON ', upper(m.word), ' ', m.sql, ' IS ', quote_literal(m.description)),
    m.owner, NULL::text, NULL::bigint
  FROM (
    SELECT ${NOTED} AS word, d.description,
      CASE
        WHEN n.oid IS NOT NULL THEN ${modelName("0", "n.nspname")}
        WHEN d.objsubid <> 0 THEN concat(${modelName("c.relnamespace", "c.relname")}, '.', a.attname)
        WHEN p.oid IS NOT NULL THEN ${routineName("p")}
        WHEN part.oid IS NOT NULL THEN concat(quote_ident(part.name), ' on ', ${modelName("r.relnamespace", "r.relname")})
        ELSE ${modelName("coalesce(c.relnamespace, t.typnamespace)", "coalesce(c.relname, t.typname)")}
      END AS name,
      CASE
        WHEN n.oid IS NOT NULL THEN quote_ident(n.nspname)
        WHEN d.objsubid <> 0 THEN concat(${sqlName("c.relnamespace", "c.relname")}, '.', quote_ident(a.attname))
        WHEN p.oid IS NOT NULL THEN concat(${sqlName("p.pronamespace", "p.proname")}, '(', pg_get_function_identity_arguments(p.oid), ')')
        WHEN part.oid IS NOT NULL THEN concat(quote_ident(part.name), ' ON ', ${sqlName("r.relnamespace", "r.relname")})
        ELSE ${sqlName("coalesce(c.relnamespace, t.typnamespace)", "coalesce(c.relname, t.typname)")}
      END AS sql,
      CASE WHEN c.relkind IN ('v', 'm') THEN ${modelName("c.relnamespace", "c.relname")}
        WHEN part.oid IS NOT NULL THEN ${modelName("r.relnamespace", "r.relname")} END AS owner
    FROM pg_description AS d
    LEFT JOIN pg_namespace AS n ON d.classoid = 'pg_namespace'::regclass AND n.oid = d.objoid
    LEFT JOIN pg_class AS c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
    LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid <> 0
    LEFT JOIN pg_type AS t ON d.classoid = 'pg_type'::regclass AND t.oid = d.objoid
    LEFT JOIN pg_proc AS p ON d.classoid = 'pg_proc'::regclass AND p.oid = d.objoid
    LEFT JOIN (${PARTS}) AS part ON part.class = d.classoid AND part.oid = d.objoid
    LEFT JOIN pg_class AS r ON r.oid = part.relation
    -- What the server and extensions bring has notes of their own.
    WHERE (d.objoid >= 16384 OR n.nspname = 'public' AND d.description <> 'standard public schema')
      AND coalesce(n.oid, c.relnamespace, t.typnamespace, p.pronamespace, r.relnamespace) IN (${OWN_NAMESPACES})
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
  ) AS m WHERE m.word IS NOT NULL`;

const QUERIES = [
  SCHEMAS,
  EXTENSIONS,
  ...TYPES,
  COLLATIONS,
  ROUTINES,
  AGGREGATES,
  MATERIALIZED_VIEWS,
  INDEXES,
  POLICIES,
  RULES,
  EXCLUSIONS,
  STATISTICS,
  EVENT_TRIGGERS,
  COMMENTS,
];

export const OBJECTS: string = `SELECT json_agg(json_build_object(
    'kind', o.kind, 'name', o.name, 'definition', o.definition, 'table', o."table", 'catalogue', o.catalogue, 'oid', o.oid
  ) ORDER BY o.kind COLLATE "C", o.name COLLATE "C")
  FROM (${QUERIES.map((query) => `(${query})`).join(" UNION ALL ")}) AS o (kind, name, definition, "table", catalogue, oid)`;
