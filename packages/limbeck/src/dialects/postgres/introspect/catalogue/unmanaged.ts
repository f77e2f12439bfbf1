import { isOwn } from "./names.ts";

/** Something that the model has no words for. */
export interface CatalogueStranger {
  readonly kind: string;
  readonly name: string;
  /** Null where there are no words for it. */
  readonly reason: string | null;
}

/** Catalogues of what is neither a table nor kept as its definition. https://www.postgresql.org/docs/current/catalogs.html */
const CATALOGUES: readonly string[] = [
  "pg_operator",
  "pg_opclass",
  "pg_opfamily",
  "pg_cast",
  "pg_conversion",
  "pg_language",
  "pg_ts_config",
  "pg_ts_dict",
  "pg_ts_parser",
  "pg_ts_template",
  "pg_foreign_data_wrapper",
  "pg_foreign_server",
  "pg_publication",
  "pg_am",
  "pg_transform",
];

/** The first OID that is given to what somebody made. */
const FIRST_OWN = 16_384;

/** What comes along with something else: an operator family with its class, everything of an extension. */
const strangersOf = (catalogue: string): string =>
  `SELECT i.type, i.identity, NULL::text FROM ${catalogue} AS s CROSS JOIN pg_identify_object('${catalogue}'::regclass, s.oid, 0) AS i
  WHERE s.oid >= ${FIRST_OWN} AND NOT EXISTS (
    SELECT 1 FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = s.oid AND e.deptype IN ('e', 'i', 'a')
  )`;

/** One line for many things: there may be a right on every table. */
const COUNTED =
  "CASE count(DISTINCT g.name) WHEN 1 THEN min(g.name) ELSE concat(count(DISTINCT g.name), ' objects') END";

/** What has an owner. */
const OWNED = `SELECT c.relowner AS owner, c.relacl AS acl, c.oid::regclass::text AS name FROM pg_class AS c
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${isOwn("pg_class", "c", "relnamespace")}
    UNION ALL SELECT p.proowner, p.proacl, p.oid::regprocedure::text FROM pg_proc AS p WHERE ${isOwn("pg_proc", "p", "pronamespace")}
    UNION ALL SELECT t.typowner, t.typacl, t.oid::regtype::text FROM pg_type AS t
      WHERE t.typtype IN ('e', 'd', 'r') AND ${isOwn("pg_type", "t", "typnamespace")}`;

/** Rights that no revision gives: those that somebody passed on, and those of whoever reads this and would own everything anew. */
const RIGHTS = `SELECT 'rights', format('of %s on %s', CASE g.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(g.grantee) END, ${COUNTED}),
    CASE WHEN bool_or(g.grantor <> g.owner) THEN 'somebody else than the owner gave them' ELSE 'they are those of the role that connects' END
  FROM (SELECT o.owner, o.name, (aclexplode(o.acl)).* FROM (${OWNED}) AS o) AS g
  WHERE g.grantee <> g.owner AND (g.grantor <> g.owner OR g.grantee = current_user::regrole)
  GROUP BY g.grantee`;

/** Who owns something while most of it is somebody else's. */
const OWNERS = `SELECT 'owner', format('%s of %s', pg_get_userbyid(g.owner), ${COUNTED}), 'owners are not compared'
  FROM (${OWNED}) AS g
  WHERE g.owner <> (SELECT o.owner FROM (${OWNED}) AS o GROUP BY o.owner ORDER BY count(*) DESC, o.owner LIMIT 1)
  GROUP BY g.owner`;

const PLACES = `SELECT 'tablespace', format('%s of %s', g.space, ${COUNTED}), 'where things are stored is not compared'
  FROM (
    SELECT (SELECT s.spcname FROM pg_tablespace AS s WHERE s.oid = c.reltablespace) AS space, c.oid::regclass::text AS name
    FROM pg_class AS c WHERE c.reltablespace <> 0 AND ${isOwn("pg_class", "c", "relnamespace")}
  ) AS g GROUP BY g.space`;

const METHODS = `SELECT 'access method', format('%s of %s', g.method, ${COUNTED}), 'where things are stored is not compared'
  FROM (
    SELECT m.amname AS method, c.oid::regclass::text AS name FROM pg_class AS c JOIN pg_am AS m ON m.oid = c.relam
    WHERE m.amtype = 't' AND m.amname <> 'heap' AND c.relkind IN ('r', 'm', 'p') AND ${isOwn("pg_class", "c", "relnamespace")}
  ) AS g GROUP BY g.method`;

export const STRANGERS: string = `SELECT json_agg(json_build_object('kind', o.kind, 'name', o.name, 'reason', o.reason) ORDER BY o.kind, o.name)
  FROM (${[...CATALOGUES.map(strangersOf), RIGHTS, OWNERS, PLACES, METHODS].map((query) => `(${query})`).join(" UNION ALL ")}) AS o (kind, name, reason)`;
