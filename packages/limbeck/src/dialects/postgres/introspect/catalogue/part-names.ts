import { modelName } from "./names.ts";

/** What the server calls the index of a partition when nobody says anything else; a number at the end tells it from another one. */
const USUAL = `concat_ws('_', t.relname, CASE WHEN o.contype IS DISTINCT FROM 'p' THEN (
      SELECT string_agg(a.attname, '_' ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = x.indexrelid
    ) END, CASE o.contype WHEN 'p' THEN 'pkey' WHEN 'u' THEN 'key' WHEN 'x' THEN 'excl' ELSE 'idx' END)`;

/**
 * The names that the partitions of a table gave to their parts of an index, by partition; only those that somebody chose.
 *
 * @param index SQL for the OID of the index of the whole table
 */
export const partNames = (index: string): string => `(
      SELECT json_object_agg(${modelName("t.relnamespace", "t.relname")}, n.relname ORDER BY t.relname COLLATE "C")
      FROM pg_partition_tree(${index}) AS e JOIN pg_index AS x ON x.indexrelid = e.relid JOIN pg_class AS n ON n.oid = e.relid
      JOIN pg_class AS t ON t.oid = x.indrelid LEFT JOIN pg_constraint AS o ON o.conindid = x.indexrelid AND o.contype IN ('p', 'u', 'x')
      WHERE e.level > 0 AND length(${USUAL}) < 64 AND regexp_replace(n.relname, '(pkey|key|excl|idx)\\d*$', '\\1') <> ${USUAL}
    )`;
