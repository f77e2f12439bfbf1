import type { Connection } from "../../../dialect/connection.ts";

/** Everything in the current schema that stands on its own: what belongs to an extension, a table or a column goes, or stays, with it. */
const OWN_OBJECTS = `
  SELECT 'pg_class'::regclass::oid AS class, c.oid AS object, CASE WHEN c.relkind = 'S' THEN 2 ELSE 1 END AS rank
  FROM pg_class AS c
  WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, 3 FROM pg_proc AS p WHERE p.pronamespace = quote_ident(current_schema())::regnamespace
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, 4
  FROM pg_type AS t LEFT JOIN pg_class AS r ON r.oid = t.typrelid
  WHERE t.typnamespace = quote_ident(current_schema())::regnamespace
    AND (t.typtype IN ('e', 'd', 'r') OR r.relkind = 'c')
  UNION ALL
  SELECT 'pg_collation'::regclass, l.oid, 5
  FROM pg_collation AS l WHERE l.collnamespace = quote_ident(current_schema())::regnamespace`;

const NOT_OF_EXTENSIONS = `NOT EXISTS (
    SELECT 1 FROM pg_depend AS d
    WHERE d.classid = own.class AND d.objid = own.object AND d.deptype IN ('e', 'i', 'a') AND d.objsubid = 0
  )`;

/** Those that somebody made; extensions are put into one that is not dropped, or stay in their own. */
const OTHER_SCHEMAS = `n.nspname !~ '^(pg_|information_schema$)' AND n.nspname <> 'public' AND NOT n.nspname = ANY (current_schemas(false))
      AND NOT EXISTS (SELECT 1 FROM pg_extension AS x WHERE x.extnamespace = n.oid)`;

/** Whether the current schema holds anything. */
export async function isSchemaEmpty(connection: Connection): Promise<boolean> {
  const rows = await connection.query(`SELECT 1 FROM (${OWN_OBJECTS}) AS own WHERE ${NOT_OF_EXTENSIONS} LIMIT 1`);
  return rows.length === 0;
}

/**
 * Drops everything in the current schema, and other schemas with all that is in them, in one transaction; the schema itself, the rights on it and extensions stay: who
 * may create revisions may often not create those.
 */
export async function eraseSchema(connection: Connection): Promise<void> {
  await connection.execute(`DO $erase$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT n.nspname AS name FROM pg_namespace AS n
    WHERE ${OTHER_SCHEMAS} AND NOT EXISTS (
      SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e'
    )
  LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', one.name);
  END LOOP;
  FOR one IN SELECT evtname AS name FROM pg_event_trigger LOOP
    EXECUTE format('DROP EVENT TRIGGER %I', one.name);
  END LOOP;
  FOR one IN SELECT class, object FROM (${OWN_OBJECTS}) AS own WHERE ${NOT_OF_EXTENSIONS} ORDER BY rank, object LOOP
    -- What an earlier one took along has no address any more.
    EXECUTE coalesce((
      SELECT format('DROP %s IF EXISTS %s CASCADE', type, identity) FROM pg_identify_object(one.class, one.object, 0)
      WHERE identity IS NOT NULL
    ), 'SELECT 1');
  END LOOP;
END
$erase$`);
}
