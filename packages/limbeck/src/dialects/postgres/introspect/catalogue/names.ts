/** A part of a name as the model writes it: quoted where it has a dot or a quotation mark in it. */
const PART = (part: string): string => `CASE WHEN ${part} ~ '[."]' THEN quote_ident(${part}) ELSE ${part}::text END`;

/**
 * What the model calls something: its name, with that of its schema in front unless it is the first one of the search path.
 *
 * @param namespace SQL for the schema's OID
 * @param name SQL for the name
 */
export const modelName = (namespace: string, name: string): string =>
  `concat((SELECT ${PART("ns.nspname")} || '.' FROM pg_namespace AS ns
    WHERE ns.oid = ${namespace} AND ns.oid <> current_schema()::regnamespace), ${PART(name)})`;

/** The same as SQL has it. */
export const sqlName = (namespace: string, name: string): string =>
  `concat((SELECT quote_ident(ns.nspname) || '.' FROM pg_namespace AS ns
    WHERE ns.oid = ${namespace} AND ns.oid <> current_schema()::regnamespace), quote_ident(${name}))`;

/** Whether a schema is one of those that the server or its tools keep for themselves. */
export const OWN_NAMESPACES = `SELECT ns.oid FROM pg_namespace AS ns WHERE ns.nspname !~ '^pg_' AND ns.nspname <> 'information_schema'`;

/** What belongs to an extension comes and goes with it. */
export const notOfExtension = (catalogue: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Everything in the schemas of the database but what belongs to an extension. */
export const isOwn = (catalogue: string, alias: string, namespace: string): string =>
  `${alias}.${namespace} IN (${OWN_NAMESPACES}) AND ${notOfExtension(catalogue, `${alias}.oid`)}`;

const RELATION = (oid: string): string => `SELECT ${modelName("rc.relnamespace", "rc.relname")} FROM pg_class AS rc
  WHERE rc.oid = ${oid} AND rc.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')`;

/** A routine by its name and the types of its arguments. */
export const routineName = (alias: string): string =>
  `concat(${modelName(`${alias}.pronamespace`, `${alias}.proname`)}, '(', oidvectortypes(${alias}.proargtypes), ')')`;

/**
 * The names of what an object depends on, as the server's own record has them; for what belongs to an extension that of the extension.
 *
 * @param address SQL for what selects the entries of `pg_depend AS d`
 */
export const dependsOn = (address: string): string => `(
  SELECT json_agg(DISTINCT r.name) FROM (
    SELECT coalesce(
      (SELECT x.extname::text FROM pg_depend AS e JOIN pg_extension AS x ON x.oid = e.refobjid
        WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e' AND e.refclassid = 'pg_extension'::regclass),
      CASE d.refclassid
        WHEN 'pg_class'::regclass THEN (${RELATION("d.refobjid")})
        WHEN 'pg_proc'::regclass THEN (SELECT ${routineName("rp")} FROM pg_proc AS rp WHERE rp.oid = d.refobjid)
        WHEN 'pg_type'::regclass THEN (
          SELECT CASE WHEN rt.typrelid <> 0 THEN (${RELATION("rt.typrelid")}) ELSE ${modelName("rt.typnamespace", "rt.typname")} END
          FROM pg_type AS ra JOIN pg_type AS rt ON rt.oid = CASE WHEN ra.typcategory = 'A' AND ra.typelem <> 0 THEN ra.typelem ELSE ra.oid END
          WHERE ra.oid = d.refobjid
        )
      END
    ) AS name
    FROM pg_depend AS d WHERE ${address} AND d.deptype IN ('n', 'a', 'i') AND d.refobjid >= 16384
  ) AS r WHERE r.name IS NOT NULL
)`;

/** The entries of an object itself. */
export const entriesOf = (catalogue: string, oid: string): string =>
  `d.classid = '${catalogue}'::regclass AND d.objid = ${oid}`;
