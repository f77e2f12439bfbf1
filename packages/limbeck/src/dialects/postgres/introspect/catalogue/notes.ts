import { modelName, OWN_NAMESPACES, routineName, sqlName } from "./names.ts";

/** What a note is on, in the words of COMMENT ON; null for what the model keeps notes on itself, or has no words for. */
const NOTED = `CASE
      WHEN n.oid IS NOT NULL THEN 'schema'
      WHEN c.oid IS NOT NULL AND d.objsubid <> 0 THEN CASE WHEN c.relkind IN ('v', 'm', 'c') THEN 'column' END
      WHEN c.oid IS NOT NULL THEN CASE c.relkind WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' END
      WHEN t.oid IS NOT NULL THEN CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END
      WHEN p.oid IS NOT NULL THEN CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
      WHEN part.word IS NOT NULL THEN part.word
      WHEN own.word IS NOT NULL THEN own.word
    END`;

/** Something with a name of its own on each table. */
const PARTS = `SELECT 'pg_constraint'::regclass AS class, o.oid, 'constraint' AS word, o.conname AS name, o.conrelid AS relation FROM pg_constraint AS o WHERE o.conrelid <> 0
    UNION ALL SELECT 'pg_trigger'::regclass, g.oid, 'trigger', g.tgname, g.tgrelid FROM pg_trigger AS g
    UNION ALL SELECT 'pg_policy'::regclass, y.oid, 'policy', y.polname, y.polrelid FROM pg_policy AS y
    UNION ALL SELECT 'pg_rewrite'::regclass, w.oid, 'rule', w.rulename, w.ev_class FROM pg_rewrite AS w`;

/** What has a name in a schema, or in the database, and nothing else that a statement tells it by. */
const ALONE = `SELECT 'pg_collation'::regclass AS class, l.oid, 'collation' AS word, ${modelName("l.collnamespace", "l.collname")} AS name,
      ${sqlName("l.collnamespace", "l.collname")} AS sql, l.collnamespace AS namespace
    FROM pg_collation AS l WHERE l.oid >= 16384
    UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid, 'statistics', ${modelName("s.stxnamespace", "s.stxname")}, ${sqlName("s.stxnamespace", "s.stxname")}, s.stxnamespace
    FROM pg_statistic_ext AS s
    UNION ALL SELECT 'pg_event_trigger'::regclass, v.oid, 'event trigger', quote_ident(v.evtname), quote_ident(v.evtname), NULL FROM pg_event_trigger AS v
    UNION ALL SELECT 'pg_constraint'::regclass, o.oid, 'constraint', concat(quote_ident(o.conname), ' on domain ', ${modelName("t.typnamespace", "t.typname")}),
      concat(quote_ident(o.conname), ' ON DOMAIN ', ${sqlName("t.typnamespace", "t.typname")}), t.typnamespace
    FROM pg_constraint AS o JOIN pg_type AS t ON t.oid = o.contypid
    -- The note that an extension brings says nothing.
    UNION ALL SELECT 'pg_extension'::regclass, x.oid, 'extension', ${modelName("0", "x.extname")}, quote_ident(x.extname), NULL
    FROM pg_extension AS x WHERE obj_description(x.oid, 'pg_extension') IS DISTINCT FROM
      (SELECT e.comment FROM pg_available_extensions AS e WHERE e.name = x.extname)`;

/** Notes on what the model keeps no notes on. */
export const COMMENTS: string = `SELECT 'comment', concat('on ', m.word, ' ', m.name), concat('COMMENT ON ', upper(m.word), ' ', m.sql, ' IS ', quote_literal(m.description)),
    m.owner, NULL::text, NULL::bigint
  FROM (
    SELECT ${NOTED} AS word, d.description,
      CASE
        WHEN n.oid IS NOT NULL THEN ${modelName("0", "n.nspname")}
        WHEN d.objsubid <> 0 THEN concat(${modelName("c.relnamespace", "c.relname")}, '.', a.attname)
        WHEN p.oid IS NOT NULL THEN ${routineName("p")}
        WHEN part.oid IS NOT NULL THEN concat(quote_ident(part.name), ' on ', ${modelName("r.relnamespace", "r.relname")})
        WHEN own.oid IS NOT NULL THEN own.name
        ELSE ${modelName("coalesce(c.relnamespace, t.typnamespace)", "coalesce(c.relname, t.typname)")}
      END AS name,
      CASE
        WHEN n.oid IS NOT NULL THEN quote_ident(n.nspname)
        WHEN d.objsubid <> 0 THEN concat(${sqlName("c.relnamespace", "c.relname")}, '.', quote_ident(a.attname))
        WHEN p.oid IS NOT NULL THEN concat(${sqlName("p.pronamespace", "p.proname")}, '(', pg_get_function_identity_arguments(p.oid), ')')
        WHEN part.oid IS NOT NULL THEN concat(quote_ident(part.name), ' ON ', ${sqlName("r.relnamespace", "r.relname")})
        WHEN own.oid IS NOT NULL THEN own.sql
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
    LEFT JOIN (${ALONE}) AS own ON own.class = d.classoid AND own.oid = d.objoid
    -- What the server and extensions bring has notes of their own.
    WHERE (d.objoid >= 16384 OR n.nspname = 'public' AND d.description <> 'standard public schema')
      AND (coalesce(n.oid, c.relnamespace, t.typnamespace, p.pronamespace, r.relnamespace, own.namespace) IN (${OWN_NAMESPACES})
        OR own.oid IS NOT NULL AND own.namespace IS NULL)
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
  ) AS m WHERE m.word IS NOT NULL`;
