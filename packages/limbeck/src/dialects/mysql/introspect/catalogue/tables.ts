/** A table, a view or a sequence. https://mariadb.com/kb/en/information-schema-tables-table/ */
export interface CatalogueTable {
  readonly name: string;
  readonly type: "BASE TABLE" | "SYSTEM VERSIONED" | "VIEW" | "SEQUENCE" | "TEMPORARY";
  readonly engine: string | null;
  readonly collation: string | null;
  /** Settings as words: `row_format=DYNAMIC stats_persistent=1 partitioned`. */
  readonly options: string;
  readonly comment: string;
}

/** A partition, or a part of one. https://mariadb.com/kb/en/information-schema-partitions-table/ */
export interface CataloguePartition {
  readonly table: string;
  readonly name: string;
  readonly subName: string | null;
  readonly method: string;
  readonly expression: string | null;
  readonly subMethod: string | null;
  readonly subExpression: string | null;
  /** The values that go into it. */
  readonly description: string | null;
  readonly comment: string;
}

export const tablesQuery = (database: string): string => `SELECT
    TABLE_NAME AS name, TABLE_TYPE AS type, ENGINE AS engine, TABLE_COLLATION AS collation,
    COALESCE(CREATE_OPTIONS, '') AS options, TABLE_COMMENT AS comment
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${database} ORDER BY BINARY TABLE_NAME`;

export const partitionsQuery = (database: string): string => `SELECT
    TABLE_NAME AS \`table\`, PARTITION_NAME AS name, SUBPARTITION_NAME AS subName, PARTITION_METHOD AS method,
    PARTITION_EXPRESSION AS expression, SUBPARTITION_METHOD AS subMethod, SUBPARTITION_EXPRESSION AS subExpression,
    PARTITION_DESCRIPTION AS description, PARTITION_COMMENT AS comment
  FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = ${database} AND PARTITION_NAME IS NOT NULL
  ORDER BY TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION`;
