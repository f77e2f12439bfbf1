import type { Connection } from "../../src/dialect/connection.ts";

/** Schemas that are not the server's own. */
const OWN = "n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";

const IDENTITY = "(pg_identify_object(%, 0)).identity";
const identify = (class_: string, object: string): string => IDENTITY.replace("%", `'${class_}'::regclass, ${object}`);

const RELATION = identify("pg_class", "c.oid");

/**
 * Facts of the catalogue, one statement each, which give lines of text. Expressions and statements are those that the server itself writes. Where a column stands in
 * its table is left out: no engine can move one. So is an option by which some builds of the server count the versions of a column, and which their `pg_dump` passes over.
 */
const FACTS: readonly string[] = [
  `SELECT concat_ws(' ', 'schema', n.nspname, n.nspacl) FROM pg_namespace AS n WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'relation', ${RELATION}, c.relkind, c.relpersistence, array_to_string(c.reloptions, ','), c.relrowsecurity,
      c.relforcerowsecurity, c.relreplident, c.relispartition, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
      (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace), (SELECT amname FROM pg_am WHERE oid = c.relam), c.relacl,
      (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid))
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${OWN} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')`,
  `SELECT concat_ws(' ', 'column', ${RELATION}, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attstorage, a.attcompression, a.attacl,
      (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(a.attoptions) AS o WHERE o NOT LIKE 'pg\\_attver=%'),
      (SELECT collname FROM pg_collation WHERE oid = a.attcollation))
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${OWN} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped`,
  `SELECT concat_ws(' ', 'constraint', coalesce(nullif(x.conrelid, 0)::regclass::text, x.contypid::regtype::text), quote_ident(x.conname),
      pg_get_constraintdef(x.oid), x.condeferrable, x.condeferred, x.convalidated, x.connoinherit)
    FROM pg_constraint AS x JOIN pg_namespace AS n ON n.oid = x.connamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisunique, i.indisprimary, i.indisvalid, i.indisclustered, i.indisreplident)
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'view', ${RELATION}, pg_get_viewdef(c.oid))
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${OWN} AND c.relkind IN ('v', 'm')`,
  `SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid), r.ev_enabled)
    FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${OWN} AND r.rulename <> '_RETURN'`,
  `SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${OWN} AND NOT t.tgisinternal`,
  `SELECT concat_ws(' ', 'sequence', ${RELATION}, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
      (SELECT string_agg(concat_ws(' ', d.deptype, d.refobjid::regclass, (SELECT attname FROM pg_attribute WHERE attrelid = d.refobjid AND attnum = d.refobjsubid)), ',')
        FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')))
    FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'type', ${identify("pg_type", "t.oid")}, t.typtype, t.typnotnull, t.typdefault, format_type(t.typbasetype, t.typtypmod),
      (SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
      (SELECT rngsubtype::regtype FROM pg_range WHERE rngtypid = t.oid), t.typacl)
    FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace WHERE ${OWN} AND t.typtype IN ('e', 'd', 'r')`,
  `SELECT concat_ws(' ', 'function', CASE p.prokind WHEN 'a' THEN ${identify("pg_proc", "p.oid")} ELSE pg_get_functiondef(p.oid) END, p.proacl)
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'policy', ${RELATION}, quote_ident(y.polname), y.polcmd, y.polpermissive, pg_get_expr(y.polqual, y.polrelid),
      pg_get_expr(y.polwithcheck, y.polrelid), (SELECT string_agg(r::regrole::text, ',' ORDER BY r::regrole::text) FROM unnest(y.polroles) AS r))
    FROM pg_policy AS y JOIN pg_class AS c ON c.oid = y.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid))
    FROM pg_statistic_ext AS s JOIN pg_namespace AS n ON n.oid = s.stxnamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'collation', ${identify("pg_collation", "l.oid")}, l.collprovider, l.collisdeterministic)
    FROM pg_collation AS l JOIN pg_namespace AS n ON n.oid = l.collnamespace WHERE ${OWN}`,
  `SELECT concat_ws(' ', 'comment', o.type, o.identity, d.description)
    FROM pg_description AS d, pg_identify_object(d.classoid, d.objoid, d.objsubid) AS o
    WHERE d.objoid >= 16384 AND o.identity IS NOT NULL`,
  "SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension",
];

/**
 * What the catalogue says, one fact a line, sorted: an oracle for servers that the `pg_dump` of the system refuses. It shares no code with the introspection, and
 * where `pg_dump` can be asked too, the two have to agree on what is equal.
 */
export async function dumpCatalogue(connection: Connection): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const fact of FACTS) {
    const rows = await connection.query(fact);
    for (const line of rows.flatMap((row) => Object.values(row))) if (typeof line === "string") lines.push(line);
  }
  return lines.toSorted();
}
