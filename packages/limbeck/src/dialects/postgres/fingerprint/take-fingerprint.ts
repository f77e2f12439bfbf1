import type { Connection } from "../../../dialect/connection.ts";

const OWN = `SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'`;

/** Rights, sorted: their order tells of the order in which they were given. */
const rights = (acl: string): string =>
  `ARRAY(SELECT one::text FROM unnest(${acl}) AS one ORDER BY one::text COLLATE "C")::text`;

/** Whether there are others than those that go without saying. */
const isSaid = (acl: string, kind: string, owner: string): string =>
  `${acl} IS NOT NULL AND ${rights(acl)} <> ${rights(`acldefault(${kind}, ${owner})`)}`;

/**
 * What the server itself says of everything in the schemas of the database, each query giving lines. Deliberately other sources than those of the introspection: the
 * information schema where it knows, and whole clauses as the server writes them, so that neither reading can repeat a mistake of the other. Rights
 * that were given and taken leave those of the owner written down, which go without saying.
 */
const LINES: readonly string[] = [
  `SELECT format('table %s.%s: %s', table_schema, table_name, lower(table_type)) FROM information_schema.tables WHERE table_schema !~ '^(pg_|information_schema$)'`,
  `SELECT format('column %s.%s.%s: %s %s(%s,%s,%s,%s) %s default %s generated %s identity %s collate %s',
      table_schema, table_name, column_name, udt_schema, udt_name, character_maximum_length, numeric_precision, numeric_scale, datetime_precision,
      is_nullable, column_default, generation_expression, concat(identity_generation, ' ', identity_start, ' ', identity_increment), collation_name)
    FROM information_schema.columns WHERE table_schema !~ '^(pg_|information_schema$)'`,
  `SELECT format('constraint %s of %s.%s: %s', k.constraint_name, k.table_schema, k.table_name, pg_get_constraintdef(o.oid, true))
    FROM information_schema.table_constraints AS k
    JOIN pg_namespace AS n ON n.nspname = k.table_schema
    JOIN pg_constraint AS o ON o.connamespace = n.oid AND o.conname = k.constraint_name
      AND o.conrelid = to_regclass(format('%I.%I', k.table_schema, k.table_name))
    WHERE k.table_schema !~ '^(pg_|information_schema$)'`,
  `SELECT format('constraint %s of %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid, true))
    FROM pg_constraint WHERE connamespace IN (${OWN}) AND contype IN ('x', 't')`,
  "SELECT format('index of %s.%s: %s', schemaname, tablename, indexdef) FROM pg_indexes WHERE schemaname !~ '^(pg_|information_schema$)'",
  "SELECT format('view %s.%s: %s', schemaname, viewname, definition) FROM pg_views WHERE schemaname !~ '^(pg_|information_schema$)'",
  "SELECT format('materialized view %s.%s: %s', schemaname, matviewname, definition) FROM pg_matviews WHERE schemaname !~ '^(pg_|information_schema$)'",
  "SELECT format('rule of %s.%s: %s', schemaname, tablename, definition) FROM pg_rules WHERE schemaname !~ '^(pg_|information_schema$)'",
  `SELECT format('policy %s of %s.%s: %s', policyname, schemaname, tablename, concat_ws(' ', permissive, roles::text, cmd, qual, with_check))
    FROM pg_policies WHERE schemaname !~ '^(pg_|information_schema$)'`,
  `SELECT format('trigger %s: %s %s', tgrelid::regclass, pg_get_triggerdef(oid), tgenabled)
    FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN (${OWN}))`,
  `SELECT format('sequence %s.%s: %s', schemaname, sequencename, concat_ws(' ', data_type::text, start_value, min_value, max_value, increment_by, cycle, cache_size))
    FROM pg_sequences WHERE schemaname !~ '^(pg_|information_schema$)'`,
  `SELECT format('routine %s.%s(%s): %s', pronamespace::regnamespace, proname, pg_get_function_identity_arguments(oid), md5(concat(prosrc, to_jsonb(pg_proc) ->> 'prosqlbody', prokind, prorettype::regtype)))
    FROM pg_proc WHERE pronamespace IN (${OWN})`,
  `SELECT format('enum %s: %s', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumsortorder))
    FROM pg_enum JOIN pg_type AS t ON t.oid = enumtypid WHERE t.typnamespace IN (${OWN}) GROUP BY enumtypid`,
  `SELECT format('domain %s.%s: %s', domain_schema, domain_name, concat_ws(' ', udt_name, character_maximum_length, numeric_precision, numeric_scale,
      -- Its own column keeps the words in which the default was once written.
      (SELECT pg_get_expr(t.typdefaultbin, 'pg_type'::regclass) FROM pg_type AS t WHERE t.typname = domain_name AND t.typnamespace = quote_ident(domain_schema)::regnamespace)))
    FROM information_schema.domains WHERE domain_schema !~ '^(pg_|information_schema$)'`,
  `SELECT format('note on %s: %s', pg_describe_object(classoid, objoid, objsubid), description) FROM pg_description
    WHERE (classoid = 'pg_class'::regclass AND objoid IN (SELECT oid FROM pg_class WHERE relnamespace IN (${OWN})))
      OR (classoid = 'pg_constraint'::regclass AND objoid IN (SELECT oid FROM pg_constraint WHERE connamespace IN (${OWN})))`,
  `SELECT format('storage of %s: %s %s', oid::regclass, relpersistence, reloptions) FROM pg_class
    WHERE relnamespace IN (${OWN}) AND relkind IN ('r', 'p', 'm', 'v', 'i')`,
  `SELECT format('attributes of %s: %s', attrelid::regclass, string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum))
    FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid AND c.relkind = 'c' WHERE c.relnamespace IN (${OWN}) AND attnum > 0 AND NOT attisdropped GROUP BY attrelid`,
  `SELECT format('condition %s of domain %s: %s', conname, contypid::regtype, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace IN (${OWN}) AND contypid <> 0`,
  `SELECT format('range %s: %s', rngtypid::regtype, rngsubtype::regtype) FROM pg_range JOIN pg_type AS t ON t.oid = rngtypid WHERE t.typnamespace IN (${OWN})`,
  `SELECT format('parents of %s: %s %s', inhrelid::regclass, inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))
    FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid WHERE c.relnamespace IN (${OWN})`,
  `SELECT format('security of %s: %s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity, relreplident) FROM pg_class
    WHERE relnamespace IN (${OWN}) AND relkind IN ('r', 'p')`,
  "SELECT format('partition key of %s: %s', partrelid::regclass, pg_get_partkeydef(partrelid)) FROM pg_partitioned_table",
  `SELECT format('statistics %s', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext WHERE stxnamespace IN (${OWN})`,
  "SELECT format('event trigger %s: %s %s %s', evtname, evtevent, evtfoid::regproc, evttags) FROM pg_event_trigger",
  `SELECT format('schema %s', nspname) FROM pg_namespace WHERE oid IN (${OWN})`,
  "SELECT format('extension %s', extname) FROM pg_extension",
  `SELECT format('rights on %s: %s', oid::regclass, ${rights("relacl")}) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
    AND ${isSaid("relacl", `CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char"`, "relowner")} AND relnamespace IN (${OWN})`,
  `SELECT format('rights on %s.%s: %s', attrelid::regclass, attname, ${rights("attacl")}) FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
    WHERE attacl IS NOT NULL AND NOT attisdropped AND c.relnamespace IN (${OWN})`,
  `SELECT format('rights on %s: %s', oid::regprocedure, ${rights("proacl")}) FROM pg_proc WHERE ${isSaid("proacl", "'f'", "proowner")} AND pronamespace IN (${OWN})`,
  `SELECT format('rights on type %s: %s', oid::regtype, ${rights("typacl")}) FROM pg_type WHERE ${isSaid("typacl", "'T'", "typowner")} AND typnamespace IN (${OWN})`,
  `SELECT format('rights on schema %s: %s', nspname, ${rights("nspacl")}) FROM pg_namespace WHERE ${isSaid("nspacl", "'n'", "nspowner")} AND oid IN (${OWN})`,
  `SELECT format('default rights of %s in %s on %s: %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, ${rights("defaclacl")}) FROM pg_default_acl`,
  `SELECT format('storage of %s.%s: %s %s %s %s', attrelid::regclass, attname, attstorage, to_jsonb(pg_attribute) ->> 'attcompression', attstattarget,
      (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(attoptions) AS o WHERE o NOT LIKE 'pg\\_%'))
    FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid WHERE c.relnamespace IN (${OWN}) AND c.relkind IN ('r', 'p', 'm', 'i') AND attnum > 0 AND NOT attisdropped`,
  `SELECT format('clustered by %s', indexrelid::regclass) FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid WHERE indisclustered AND c.relnamespace IN (${OWN})`,
  `SELECT format('default of view column %s.%s: %s', adrelid::regclass, a.attname, pg_get_expr(adbin, adrelid)) FROM pg_attrdef
    JOIN pg_attribute AS a ON a.attrelid = adrelid AND a.attnum = adnum JOIN pg_class AS c ON c.oid = adrelid WHERE c.relkind = 'v' AND c.relnamespace IN (${OWN})`,
  "SELECT format('rule %s of %s fires %s', rulename, ev_class::regclass, ev_enabled) FROM pg_rewrite WHERE ev_enabled <> 'O' AND rulename <> '_RETURN'",
  "SELECT format('event trigger %s fires %s', evtname, evtenabled) FROM pg_event_trigger",
];

/** What the server says that the database holds, one fact a line, sorted; the order of columns leaves no trace. */
export async function takeFingerprint(connection: Connection): Promise<readonly string[]> {
  const union = LINES.map((query) => `(${query})`).join("\nUNION ALL\n");
  const rows = await connection.query(`SELECT line FROM (${union}) AS lines (line) ORDER BY line COLLATE "C"`);
  return rows.flatMap(({ line }) => (typeof line === "string" ? line : []));
}
