import { isAtLeast } from "../../capabilities.ts";
import { isOwn, modelName, notOfExtension, OWN_NAMESPACES, routineName, sqlName, switchWord } from "./names.ts";
import { DEFAULT_GRANTS, GRANTS } from "./grants.ts";
import { COMMENTS } from "./notes.ts";
import { selectTypes } from "./types.ts";

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

/** What the final function of an aggregate may do, where it is not what it may by default. */
const finalWord = (option: string, letter: string): string =>
  `CASE WHEN ${letter} <> CASE WHEN g.aggkind = 'n' THEN 'r' ELSE 'w' END THEN '${option} = ' ||
          CASE ${letter} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END`;

/** https://www.postgresql.org/docs/current/sql-createaggregate.html */
const AGGREGATES = `SELECT 'aggregate', ${routineName("p")},
    concat('CREATE AGGREGATE ', ${sqlName("p.pronamespace", "p.proname")}, '(', CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_identity_arguments(p.oid) END, E') (\n  ',
      concat_ws(E',\n  ', 'SFUNC = ' || g.aggtransfn::regproc, 'STYPE = ' || format_type(g.aggtranstype, NULL),
        CASE WHEN g.aggtransspace <> 0 THEN 'SSPACE = ' || g.aggtransspace END,
        CASE WHEN g.aggfinalfn::oid <> 0 THEN 'FINALFUNC = ' || g.aggfinalfn::regproc END,
        CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        ${finalWord("FINALFUNC_MODIFY", "g.aggfinalmodify")},
        CASE WHEN g.aggcombinefn::oid <> 0 THEN 'COMBINEFUNC = ' || g.aggcombinefn::regproc END,
        CASE WHEN g.aggserialfn::oid <> 0 THEN 'SERIALFUNC = ' || g.aggserialfn::regproc END,
        CASE WHEN g.aggdeserialfn::oid <> 0 THEN 'DESERIALFUNC = ' || g.aggdeserialfn::regproc END,
        'INITCOND = ' || quote_literal(g.agginitval),
        CASE WHEN g.aggmtransfn::oid <> 0 THEN 'MSFUNC = ' || g.aggmtransfn::regproc END,
        CASE WHEN g.aggminvtransfn::oid <> 0 THEN 'MINVFUNC = ' || g.aggminvtransfn::regproc END,
        CASE WHEN g.aggmtransspace <> 0 THEN 'MSSPACE = ' || g.aggmtransspace END,
        CASE WHEN g.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(g.aggmtranstype, NULL) END,
        CASE WHEN g.aggmfinalfn::oid <> 0 THEN 'MFINALFUNC = ' || g.aggmfinalfn::regproc END,
        CASE WHEN g.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
        CASE WHEN g.aggmtransfn::oid <> 0 THEN ${finalWord("MFINALFUNC_MODIFY", "g.aggmfinalmodify")} END,
        'MINITCOND = ' || quote_literal(g.aggminitval),
        CASE WHEN g.aggsortop <> 0 THEN format('SORTOP = OPERATOR(%s)', g.aggsortop::regoper) END,
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

const RULES = `SELECT 'rule', ${onTable("r.rulename")}, concat(rtrim(pg_get_ruledef(r.oid, true), '; '),
      CASE WHEN r.ev_enabled <> 'O' THEN concat(E';\nALTER TABLE ', ${SQL_TABLE}, ' ', ${switchWord("r.ev_enabled")}, ' RULE ', quote_ident(r.rulename)) END), ${TABLE}, 'pg_rewrite', r.oid::bigint
  FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
  WHERE r.rulename <> '_RETURN' AND ${isOwn("pg_class", "c", "relnamespace")}`;

const EXCLUSIONS = `SELECT 'exclusion constraint', ${onTable("o.conname")},
    concat('ALTER TABLE ', ${SQL_TABLE}, format(' ADD CONSTRAINT %I ', o.conname), pg_get_constraintdef(o.oid)), ${TABLE},
    'pg_constraint', o.oid::bigint
  FROM pg_constraint AS o JOIN pg_class AS c ON c.oid = o.conrelid
  WHERE o.contype = 'x' AND o.conparentid = 0 AND ${isOwn("pg_class", "c", "relnamespace")}`;

/** Before version 14 there are none. */
const STATISTICS_EXPRESSIONS = `(SELECT string_agg(concat('(', x, ')'), ', ') FROM unnest(pg_get_statisticsobjdef_expressions(s.oid)) AS x)`;

/** Columns in the order of their names: that in their table says nothing. */
const selectStatisticsTerms = (
  version: string,
): string => `concat_ws(', ', (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname COLLATE "C") FROM unnest(s.stxkeys::int2[]) AS k
      JOIN pg_attribute AS a ON a.attrelid = s.stxrelid AND a.attnum = k),
      ${isAtLeast(version, "14") ? STATISTICS_EXPRESSIONS : "NULL"})`;

const selectStatistics = (
  version: string,
): string => `SELECT 'statistics', ${modelName("s.stxnamespace", "s.stxname")}, concat(regexp_replace(pg_get_statisticsobjdef(s.oid), ' ON .*', ''), ' ON ', ${selectStatisticsTerms(version)}, ' FROM ', ${SQL_TABLE},
      CASE WHEN s.stxstattarget >= 0 THEN concat(E';\nALTER STATISTICS ', ${sqlName("s.stxnamespace", "s.stxname")}, ' SET STATISTICS ', s.stxstattarget) END), ${TABLE}, NULL::text, NULL::bigint
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
      E'\n  EXECUTE FUNCTION ', v.evtfoid::regproc, '()',
      CASE WHEN v.evtenabled <> 'O' THEN concat(format(E';\nALTER EVENT TRIGGER %I ', v.evtname), ${switchWord("v.evtenabled")}) END), NULL::text, 'pg_event_trigger', v.oid::bigint
  FROM pg_event_trigger AS v WHERE ${notOfExtension("pg_event_trigger", "v.oid")}`;

const listQueries = (version: string): readonly string[] => [
  SCHEMAS,
  EXTENSIONS,
  ...selectTypes(version),
  COLLATIONS,
  ROUTINES,
  AGGREGATES,
  MATERIALIZED_VIEWS,
  INDEXES,
  POLICIES,
  RULES,
  EXCLUSIONS,
  selectStatistics(version),
  EVENT_TRIGGERS,
  COMMENTS,
  GRANTS,
  DEFAULT_GRANTS,
];

/** @param version of the server: some columns came later */
export const selectObjects = (version: string): string => `SELECT json_agg(json_build_object(
    'kind', o.kind, 'name', o.name, 'definition', o.definition, 'table', o."table", 'catalogue', o.catalogue, 'oid', o.oid
  ) ORDER BY o.kind COLLATE "C", o.name COLLATE "C")
  FROM (${listQueries(version)
    .map((query) => `(${query})`)
    .join(" UNION ALL ")}) AS o (kind, name, definition, "table", catalogue, oid)`;
