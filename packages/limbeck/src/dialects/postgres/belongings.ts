import type { BelongingRules } from "../../dialect/dialect.ts";
import { notOfExtension, OWN_NAMESPACES } from "./introspect/catalogue/names.ts";

/** A thing, what it is in, and the words that ALTER and GRANT have for it. */
const THINGS = `
    SELECT 'pg_class'::regclass AS class, c.oid, c.relowner AS owner, c.relacl AS acl,
      CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS word,
      CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS holder, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relnamespace IN (${OWN_NAMESPACES}) AND ${notOfExtension("pg_class", "c.oid")}
      -- The sequence of a column is its table's.
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, p.proowner, p.proacl, 'ROUTINE', 'ROUTINE', format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.pronamespace IN (${OWN_NAMESPACES}) AND ${notOfExtension("pg_proc", "p.oid")}
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, t.typowner, t.typacl, 'TYPE', 'TYPE', format('%I.%I', n.nspname, t.typname)
    FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typnamespace IN (${OWN_NAMESPACES}) AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND ${notOfExtension("pg_type", "t.oid")}
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, s.oid, s.stxowner, NULL, 'STATISTICS', NULL, format('%I.%I', n.nspname, s.stxname)
    FROM pg_statistic_ext AS s JOIN pg_namespace AS n ON n.oid = s.stxnamespace
    UNION ALL
    SELECT 'pg_collation'::regclass, l.oid, l.collowner, NULL, 'COLLATION', NULL, format('%I.%I', n.nspname, l.collname)
    FROM pg_collation AS l JOIN pg_namespace AS n ON n.oid = l.collnamespace WHERE l.collnamespace IN (${OWN_NAMESPACES})
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, n.nspowner, n.nspacl, 'SCHEMA', 'SCHEMA', format('%I', n.nspname)
    FROM pg_namespace AS n WHERE n.oid IN (${OWN_NAMESPACES})
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, v.oid, v.evtowner, NULL, 'EVENT TRIGGER', NULL, format('%I', v.evtname) FROM pg_event_trigger AS v`;

/** What is made anew is owned by whoever makes it. */
const OWNERS = `SELECT g.class, g.oid, NULL AS part, 1 AS place, format('ALTER %s %s OWNER TO %I', g.word, g.name, pg_get_userbyid(g.owner)) AS sql
    FROM things AS g WHERE g.owner <> current_user::regrole`;

/** Of whom a right is: PUBLIC has the number 0, and no name. */
const RECEIVER = `CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END`;

/** Those of whoever connects, and those that somebody passed on: no revision speaks of them. */
const UNSPOKEN = `a.grantee <> g.owner AND (a.grantee = current_user::regrole OR a.grantor <> g.owner)`;

/** The letter by which the server knows what a thing's usual rights are. */
const LETTER = `CASE g.holder WHEN 'TABLE' THEN 'r' WHEN 'SEQUENCE' THEN 's' WHEN 'ROUTINE' THEN 'f' WHEN 'TYPE' THEN 'T' WHEN 'SCHEMA' THEN 'n' END::"char"`;

/** Rights that another owner has given up: whoever gets a thing has all of them at first. */
const GIVEN_UP = `SELECT g.class, g.oid, NULL, 2, format('REVOKE %s ON %s %s FROM %I', d.privilege_type, g.holder, g.name, pg_get_userbyid(g.owner))
    FROM things AS g CROSS JOIN LATERAL aclexplode(acldefault(${LETTER}, g.owner)) AS d
    WHERE g.holder IS NOT NULL AND g.acl IS NOT NULL AND g.owner <> current_user::regrole AND d.grantee = g.owner
      AND NOT EXISTS (SELECT FROM aclexplode(g.acl) AS a WHERE a.grantee = g.owner AND a.privilege_type = d.privilege_type)`;

/** Such rights on things, and on columns of them. */
const RIGHTS = `SELECT g.class, g.oid, NULL, 2, format('GRANT %s ON %s %s TO %s%s', a.privilege_type, g.holder, g.name, ${RECEIVER})
    FROM things AS g CROSS JOIN LATERAL aclexplode(g.acl) AS a
    WHERE g.holder IS NOT NULL AND ${UNSPOKEN}
    UNION ALL
    SELECT g.class, g.oid, c.attname, 2, format('GRANT %s (%I) ON TABLE %s TO %s%s', a.privilege_type, c.attname, g.name, ${RECEIVER})
    FROM things AS g JOIN pg_attribute AS c ON g.class = 'pg_class'::regclass AND c.attrelid = g.oid AND NOT c.attisdropped
    CROSS JOIN LATERAL aclexplode(c.attacl) AS a
    WHERE ${UNSPOKEN}`;

/** @param details SQL for the columns and the condition of a publication, which came with version 15 */
const publications = (
  details: string,
): string => `SELECT 'pg_class'::regclass, r.prrelid, NULL, 3, format('ALTER PUBLICATION %I ADD TABLE ONLY %I.%I%s', b.pubname, n.nspname, c.relname, ${details})
    FROM pg_publication_rel AS r JOIN pg_publication AS b ON b.oid = r.prpubid JOIN pg_class AS c ON c.oid = r.prrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace`;

const DETAILS = `concat(
      (SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute AS a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)),
      ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')')`;

const collect = (details: string): string => `WITH things AS (${THINGS})
  SELECT json_agg(json_build_object('class', o.class::oid, 'oid', o.oid, 'part', o.part, 'sql', o.sql, 'type', i.type, 'names', i.object_names, 'args', i.object_args) ORDER BY o.place, o.class, o.oid)
  FROM (${OWNERS} UNION ALL ${GIVEN_UP} UNION ALL ${RIGHTS} UNION ALL ${publications(details)}) AS o (class, oid, part, place, sql)
  CROSS JOIN LATERAL pg_identify_object_as_address(o.class, o.oid, 0) AS i`;

/** It lives as long as the transaction, and no longer, unless it is carried over. */
const NOTE = "limbeck.belongings";

/** Whose things are, who has rights that nobody else would give them, and which publications tables are in. */
export const BELONGINGS: BelongingRules = {
  remember: {
    sql: `DO $limbeck$ DECLARE found json; BEGIN
  -- Whose things are, before some of them are made anew.
  IF current_setting('server_version_num')::integer >= 150000 THEN
    EXECUTE $query$${collect(DETAILS)}$query$ INTO found;
  ELSE
    EXECUTE $query$${collect("NULL")}$query$ INTO found;
  END IF;
  PERFORM set_config('${NOTE}', coalesce(found::text, '[]'), true);
END $limbeck$`,
  },
  restore: {
    sql: `DO $limbeck$ DECLARE one record; found oid; BEGIN
  -- What was made anew is whose it was before.
  FOR one IN SELECT * FROM json_to_recordset(coalesce(nullif(current_setting('${NOTE}', true), ''), '[]')::json)
    AS note (class oid, oid oid, part text, sql text, type text, names text[], args text[])
  LOOP
    BEGIN
      found := (pg_get_object_address(one.type, one.names, one.args)).objid;
    EXCEPTION WHEN undefined_object OR undefined_table OR undefined_function OR invalid_schema_name OR wrong_object_type THEN
      found := NULL;
    END;
    -- A right on a column goes with the column.
    IF found <> one.oid AND (one.part IS NULL OR EXISTS (SELECT FROM pg_attribute AS c WHERE c.attrelid = found AND c.attname = one.part AND NOT c.attisdropped)) THEN
      EXECUTE one.sql;
    END IF;
  END LOOP;
END $limbeck$`,
  },
  carry: { sql: `SELECT set_config('${NOTE}', current_setting('${NOTE}', true), false)` },
  forget: { sql: `SELECT set_config('${NOTE}', '', false)` },
};
