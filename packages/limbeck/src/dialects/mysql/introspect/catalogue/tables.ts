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

export const tablesQuery = (database: string): string => `SELECT
    TABLE_NAME AS name, TABLE_TYPE AS type, ENGINE AS engine, TABLE_COLLATION AS collation,
    COALESCE(CREATE_OPTIONS, '') AS options, TABLE_COMMENT AS comment
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${database} ORDER BY BINARY TABLE_NAME`;
