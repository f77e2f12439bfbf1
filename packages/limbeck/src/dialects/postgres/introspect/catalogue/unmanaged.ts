import { isOwn } from "./names.ts";

/** Something that the model has no words for. */
export interface CatalogueStranger {
  readonly kind: string;
  readonly name: string;
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
  `SELECT i.type, i.identity FROM ${catalogue} AS s CROSS JOIN pg_identify_object('${catalogue}'::regclass, s.oid, 0) AS i
  WHERE s.oid >= ${FIRST_OWN} AND NOT EXISTS (
    SELECT 1 FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = s.oid AND e.deptype IN ('e', 'i', 'a')
  )`;

/** What roles may do that own nothing of it; that everybody may call a function goes without saying. One line for each of them: there may be a right on every table. */
const RIGHTS = `SELECT 'rights', format('of %s on %s', CASE g.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(g.grantee) END,
    CASE count(DISTINCT g.name) WHEN 1 THEN min(g.name) ELSE concat(count(DISTINCT g.name), ' objects') END)
  FROM (
    SELECT (aclexplode(c.relacl)).grantee, c.relowner AS owner, c.oid::regclass::text AS name FROM pg_class AS c WHERE ${isOwn("pg_class", "c", "relnamespace")}
    UNION ALL
    SELECT (aclexplode(p.proacl)).grantee, p.proowner, p.oid::regprocedure::text FROM pg_proc AS p WHERE ${isOwn("pg_proc", "p", "pronamespace")}
  ) AS g WHERE g.grantee <> g.owner AND NOT (g.grantee = 0 AND g.name LIKE '%(%')
  GROUP BY g.grantee`;

export const STRANGERS: string = `SELECT json_agg(json_build_object('kind', o.kind, 'name', o.name) ORDER BY o.kind, o.name)
  FROM (${[...CATALOGUES.map(strangersOf), RIGHTS].map((query) => `(${query})`).join(" UNION ALL ")}) AS o (kind, name)`;
