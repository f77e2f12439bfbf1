import type { Capabilities } from "../../capabilities.ts";

/** A part of an index. https://mariadb.com/kb/en/information-schema-statistics-table/ */
export interface CatalogueIndexPart {
  readonly table: string;
  readonly index: string;
  readonly isUnique: bigint;
  readonly column: string | null;
  readonly expression: string | null;
  /** `A` ascending, `D` descending, null where the index has no order. */
  readonly order: "A" | "D" | null;
  /** How much of the value it holds; null for all of it. */
  readonly length: string | null;
  /** BTREE, HASH, FULLTEXT, SPATIAL or RTREE. */
  readonly method: string;
  readonly comment: string;
  readonly isUnused: bigint;
}

export const indexesQuery = (database: string, { product, hasExpressionIndexes }: Capabilities): string => `SELECT
    TABLE_NAME AS \`table\`, INDEX_NAME AS \`index\`, CAST(NON_UNIQUE = 0 AS SIGNED) AS isUnique, COLUMN_NAME AS \`column\`,
    ${hasExpressionIndexes ? "EXPRESSION" : "NULL"} AS expression, COLLATION AS \`order\`, CAST(SUB_PART AS CHAR) AS length,
    INDEX_TYPE AS method, INDEX_COMMENT AS comment,
    CAST(${product === "MariaDB" ? "IGNORED = 'YES'" : "IS_VISIBLE = 'NO'"} AS SIGNED) AS isUnused
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ${database}${
    // MariaDB gives the indexes of a table in the order in which they are there, as long as it is asked for no other.
    product === "MariaDB" ? "" : " ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"
  }`;
