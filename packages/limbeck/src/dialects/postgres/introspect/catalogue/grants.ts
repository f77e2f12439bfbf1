import { isOwn, modelName, OWN_NAMESPACES, routineName, sqlName } from "./names.ts";

/** What rights may be on, with those that go without saying. https://www.postgresql.org/docs/current/ddl-priv.html */
const HOLDERS = `
    SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS word, ${modelName("c.relnamespace", "c.relname")} AS name,
      ${sqlName("c.relnamespace", "c.relname")} AS sql, c.relowner AS owner, c.relacl AS acl,
      acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner) AS usual, NULL::text AS part,
      CASE WHEN c.relkind <> 'S' THEN ${modelName("c.relnamespace", "c.relname")} END AS "table"
    FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${isOwn("pg_class", "c", "relnamespace")}
    UNION ALL
    SELECT 'table', ${modelName("c.relnamespace", "c.relname")}, ${sqlName("c.relnamespace", "c.relname")}, c.relowner, a.attacl, NULL::aclitem[],
      quote_ident(a.attname), ${modelName("c.relnamespace", "c.relname")}
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND ${isOwn("pg_class", "c", "relnamespace")}
    UNION ALL
    SELECT 'routine', ${routineName("p")}, concat(${sqlName("p.pronamespace", "p.proname")}, '(', oidvectortypes(p.proargtypes), ')'),
      p.proowner, p.proacl, acldefault('f', p.proowner), NULL, NULL
    FROM pg_proc AS p WHERE ${isOwn("pg_proc", "p", "pronamespace")}
    UNION ALL
    SELECT 'type', ${modelName("t.typnamespace", "t.typname")}, ${sqlName("t.typnamespace", "t.typname")}, t.typowner, t.typacl,
      acldefault('T', t.typowner), NULL, NULL
    FROM pg_type AS t WHERE ${isOwn("pg_type", "t", "typnamespace")}
    UNION ALL
    SELECT 'schema', ${modelName("0", "n.nspname")}, quote_ident(n.nspname), n.nspowner, n.nspacl, coalesce(
      -- Those of the public schema come with the database.
      (SELECT i.initprivs FROM pg_init_privs AS i WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND n.nspname = 'public'),
      acldefault('n', n.nspowner)), NULL, NULL
    FROM pg_namespace AS n WHERE n.oid IN (${OWN_NAMESPACES})`;

/**
 * Which rights are there and do not go without saying, and the other way round. What a role passed on, and what the role has that reads this, would be different in
 * another database that it owns.
 */
const DIFFERENCES = `
    SELECT h.word, h.name, h.sql, h.part, h."table", e.isgiven AS given, e.grantee, e.is_grantable AS passable, e.privilege_type AS privilege, h.owner
    FROM (SELECT * FROM (${HOLDERS}) AS every WHERE every.acl IS NOT NULL) AS h
    CROSS JOIN LATERAL (
      SELECT true AS isgiven, g.grantee, g.is_grantable, g.privilege_type FROM (
        SELECT * FROM aclexplode(h.acl) EXCEPT SELECT * FROM aclexplode(h.usual)
      ) AS g WHERE g.grantor = h.owner
      UNION ALL
      SELECT false, g.grantee, false, g.privilege_type FROM (
        SELECT u.grantee, u.privilege_type FROM aclexplode(h.usual) AS u EXCEPT SELECT a.grantee, a.privilege_type FROM aclexplode(h.acl) AS a
      ) AS g
    ) AS e
    WHERE e.grantee = h.owner OR e.grantee <> current_user::regrole`;

const ROLE = `CASE s.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(s.grantee)) END`;

const TELL = `concat(CASE WHEN s.given THEN 'GRANT ' ELSE 'REVOKE ' END, s.privileges, ' ON ', upper(s.word), ' ', s.sql, CASE WHEN s.given THEN ' TO ' ELSE ' FROM ' END,
      ${ROLE}, CASE WHEN s.passable THEN ' WITH GRANT OPTION' END)`;

/** Rights that somebody gave or took, one object for each thing that they are on, one statement a line for each role. */
export const GRANTS: string = `SELECT 'grants', concat('on ', s.word, ' ', s.name), string_agg(${TELL}, E';\\n' ORDER BY s.given, ${ROLE} COLLATE "C", s.passable), max(s."table"), NULL::text, NULL::bigint
  FROM (
    SELECT d.word, d.name, d.sql, d."table", d.given, d.grantee, d.passable, string_agg(concat(d.privilege, d.parts), ', ' ORDER BY d.privilege, d.parts) AS privileges
    FROM (
      SELECT word, name, sql, "table", given, grantee, passable, privilege, ' (' || string_agg(part, ', ' ORDER BY part COLLATE "C") || ')' AS parts
      FROM (${DIFFERENCES}) AS single GROUP BY word, name, sql, "table", given, grantee, passable, privilege, part IS NULL
    ) AS d
    GROUP BY d.word, d.name, d.sql, d."table", d.given, d.grantee, d.passable
  ) AS s
  GROUP BY s.word, s.name`;

const KIND = `CASE f.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE 'schemas' END`;

/** Rights on what is created later. https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html */
export const DEFAULT_GRANTS: string = `SELECT 'default privileges', s.name, string_agg(concat('ALTER DEFAULT PRIVILEGES FOR ROLE ', quote_ident(pg_get_userbyid(s.owner)), s.place,
      CASE WHEN s.given THEN ' GRANT ' ELSE ' REVOKE ' END, s.privileges, ' ON ', upper(s.kind), CASE WHEN s.given THEN ' TO ' ELSE ' FROM ' END, ${ROLE},
      CASE WHEN s.passable THEN ' WITH GRANT OPTION' END), E';\\n' ORDER BY s.given, ${ROLE} COLLATE "C", s.passable), NULL::text, NULL::text, NULL::bigint
  FROM (
    SELECT concat('of ', quote_ident(pg_get_userbyid(f.defaclrole)), ' on ', ${KIND}, ' in ' || ${modelName("0", "n.nspname")}) AS name,
      f.defaclrole AS owner, ' IN SCHEMA ' || quote_ident(n.nspname) AS place, ${KIND} AS kind, e.isgiven AS given, e.grantee, e.is_grantable AS passable,
      string_agg(e.privilege_type, ', ' ORDER BY e.privilege_type) AS privileges
    FROM (
      SELECT *, CASE WHEN defaclnamespace = 0 THEN acldefault(CASE defaclobjtype WHEN 'S' THEN 's'::"char" ELSE defaclobjtype END, defaclrole) ELSE NULL::aclitem[] END AS usual
      FROM pg_default_acl
    ) AS f
    LEFT JOIN pg_namespace AS n ON n.oid = f.defaclnamespace
    CROSS JOIN LATERAL (
      SELECT true AS isgiven, g.grantee, g.is_grantable, g.privilege_type FROM (
        SELECT * FROM aclexplode(f.defaclacl) EXCEPT SELECT * FROM aclexplode(f.usual)
      ) AS g
      UNION ALL
      SELECT false, g.grantee, false, g.privilege_type FROM (
        SELECT u.grantee, u.privilege_type FROM aclexplode(f.usual) AS u EXCEPT SELECT a.grantee, a.privilege_type FROM aclexplode(f.defaclacl) AS a
      ) AS g
    ) AS e
    GROUP BY f.defaclrole, f.defaclobjtype, n.nspname, e.isgiven, e.grantee, e.is_grantable
  ) AS s
  GROUP BY s.name`;
