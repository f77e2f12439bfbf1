import { isAtLeast } from "../../capabilities.ts";
import { modelName, OWN_NAMESPACES } from "./names.ts";
import { partNames } from "./part-names.ts";

/** A constraint of a table. https://www.postgresql.org/docs/current/catalog-pg-constraint.html */
export interface CatalogueConstraint {
  readonly relation: number;
  readonly name: string;
  /** `contype`: p primary key, u unique, c check, f foreign key, x exclusion, t trigger, n not null. */
  readonly type: string;
  readonly columns: readonly string[] | null;
  /** The condition of a check. */
  readonly expression: string | null;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly noInherit: boolean;
  readonly enforced: boolean;
  /** Whether its last column is a period. */
  readonly temporal: boolean;
  /** Of a check of a partitioned table that is not validated: the partitions in which it is. */
  readonly validParts: readonly string[] | null;
  /** What a foreign key points to; null for other constraints. */
  readonly target: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Letters of the catalogue: a, r, c, n, d. */
    readonly onDelete: string;
    readonly onUpdate: string;
    /** f, p or s. */
    readonly match: string;
    readonly onDeleteColumns: readonly string[] | null;
  } | null;
  /** What its index has beyond its columns; null where it has none. */
  readonly index: {
    readonly include: readonly string[] | null;
    readonly nullsNotDistinct: boolean;
    readonly parameters: readonly string[] | null;
    readonly partNames: Readonly<Record<string, string>> | null;
  } | null;
}

const namesOf = (relation: string, numbers: string): string => `(
      SELECT json_agg(n.attname ORDER BY k.place)
      FROM unnest(${numbers}) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute AS n ON n.attrelid = ${relation} AND n.attnum = k.number
    )`;

/** @param version of the server: some columns came later */
export const selectConstraints = (version: string): string => `SELECT json_agg(json_build_object(
    'relation', o.conrelid::bigint, 'name', o.conname, 'type', o.contype, 'columns', ${namesOf("o.conrelid", "o.conkey")},
    'expression', pg_get_expr(o.conbin, o.conrelid),
    'deferrable', o.condeferrable, 'deferred', o.condeferred, 'validated', o.convalidated, 'noInherit', o.connoinherit,
    'enforced', ${isAtLeast(version, "18") ? "o.conenforced" : "true"}, 'temporal', ${isAtLeast(version, "18") ? "o.conperiod" : "false"},
    'validParts', CASE WHEN o.contype = 'c' AND NOT o.convalidated AND c.relkind = 'p' THEN (
      SELECT json_agg(${modelName("t.relnamespace", "t.relname")} ORDER BY t.relname COLLATE "C")
      FROM pg_partition_tree(o.conrelid) AS e JOIN pg_class AS t ON t.oid = e.relid
      JOIN pg_constraint AS v ON v.conrelid = e.relid AND v.conname = o.conname AND v.contype = 'c' AND v.convalidated
      WHERE e.level > 0
    ) END,
    'target', CASE WHEN o.contype = 'f' THEN json_build_object(
      'table', ${modelName("r.relnamespace", "r.relname")}, 'columns', ${namesOf("o.confrelid", "o.confkey")},
      'onDelete', o.confdeltype, 'onUpdate', o.confupdtype, 'match', o.confmatchtype,
      'onDeleteColumns', ${isAtLeast(version, "15") ? namesOf("o.conrelid", "o.confdelsetcols") : "NULL"}
    ) END,
    'index', CASE WHEN o.contype IN ('p', 'u') THEN (
      SELECT json_build_object(
        'include', CASE WHEN i.indnatts > i.indnkeyatts THEN ${namesOf("i.indrelid", "(i.indkey::int2[])[i.indnkeyatts:]")} END,
        'nullsNotDistinct', ${isAtLeast(version, "15") ? "i.indnullsnotdistinct" : "false"}, 'parameters', to_json(x.reloptions),
        'partNames', CASE WHEN x.relkind = 'I' THEN ${partNames("x.oid")} END
      )
      FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid WHERE i.indexrelid = o.conindid
    ) END
  ) ORDER BY o.conrelid, position(o.contype IN 'pufcx'), o.conname COLLATE "C")
  FROM pg_constraint AS o
  JOIN pg_class AS c ON c.oid = o.conrelid AND c.relkind IN ('r', 'p') AND c.relnamespace IN (${OWN_NAMESPACES})
  LEFT JOIN pg_class AS r ON r.oid = o.confrelid
  WHERE o.contype IN ('p', 'u', 'c', 'f') AND (o.coninhcount = 0 OR o.conislocal)
    -- A key that points to a partitioned table points to each partition as well, which comes and goes with it.
    AND o.conparentid = 0`;
