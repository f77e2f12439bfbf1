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
    WHERE ns.oid = ${namespace} AND ns.oid <> quote_ident(current_schema())::regnamespace), ${PART(name)})`;

/** What the model calls something that may be the server's own, which is found whatever the search path says. */
export const sharedName = (namespace: string, name: string): string =>
  `CASE WHEN ${namespace} = 'pg_catalog'::regnamespace THEN ${PART(name)} ELSE ${modelName(namespace, name)} END`;

/** The same as SQL has it. */
export const sqlName = (namespace: string, name: string): string =>
  `concat((SELECT quote_ident(ns.nspname) || '.' FROM pg_namespace AS ns
    WHERE ns.oid = ${namespace} AND ns.oid <> quote_ident(current_schema())::regnamespace), quote_ident(${name}))`;

/** Whether a schema is one of those that the server or its tools keep for themselves. */
export const OWN_NAMESPACES = `SELECT ns.oid FROM pg_namespace AS ns WHERE ns.nspname !~ '^pg_' AND ns.nspname <> 'information_schema'`;

/** The schema in which names without one are looked up first, alone. */
export const FIRST_NAMESPACE = "SELECT quote_ident(current_schema())::regnamespace::oid";

/** What belongs to an extension comes and goes with it. */
export const notOfExtension = (catalogue: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Everything in the schemas of the database but what belongs to an extension. */
export const isOwn = (catalogue: string, alias: string, namespace: string): string =>
  `${alias}.${namespace} IN (${OWN_NAMESPACES}) AND ${notOfExtension(catalogue, `${alias}.oid`)}`;

/** How ALTER brings a trigger or a rule into the state that the catalogue has a letter for. */
export const switchWord = (letter: string): string =>
  `CASE ${letter} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END`;

/** A relation by its OID. */
export const relationName = (
  oid: string,
): string => `SELECT ${modelName("rc.relnamespace", "rc.relname")} FROM pg_class AS rc
  WHERE rc.oid = ${oid} AND rc.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')`;

/** A routine by its name and the types of its arguments. */
export const routineName = (alias: string): string =>
  `concat(${modelName(`${alias}.pronamespace`, `${alias}.proname`)}, '(', oidvectortypes(${alias}.proargtypes), ')')`;
