/** A column of a table. https://mariadb.com/kb/en/information-schema-columns-table/ */
export interface CatalogueColumn {
  readonly table: string;
  readonly name: string;
  /** SQL, or the bare value; see `Capabilities.hasQuotedDefaults`. */
  readonly default: string | null;
  readonly nullable: "YES" | "NO";
  /** In the server's words, with length and the like. */
  readonly type: string;
  readonly collation: string | null;
  /** Words for the rest: `auto_increment`, `on update current_timestamp()`, `INVISIBLE`, `STORED GENERATED` ... */
  readonly extra: string;
  readonly expression: string | null;
  readonly comment: string;
}

export const columnsQuery = (database: string): string => `SELECT
    TABLE_NAME AS \`table\`, COLUMN_NAME AS name, COLUMN_DEFAULT AS \`default\`, IS_NULLABLE AS nullable, COLUMN_TYPE AS type,
    COLLATION_NAME AS collation, EXTRA AS extra, GENERATION_EXPRESSION AS expression, COLUMN_COMMENT AS comment
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${database} ORDER BY TABLE_NAME, ORDINAL_POSITION`;
