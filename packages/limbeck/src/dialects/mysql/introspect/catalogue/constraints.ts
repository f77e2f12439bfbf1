import type { Capabilities } from "../../capabilities.ts";

/** One column of a foreign key. https://mariadb.com/kb/en/information-schema-key_column_usage-table/ */
export interface CatalogueReference {
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly targetDatabase: string;
  readonly targetTable: string;
  readonly targetColumn: string;
}

/** What a foreign key does. https://mariadb.com/kb/en/information-schema-referential_constraints-table/ */
export interface CatalogueRule {
  readonly table: string;
  readonly name: string;
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** A check. https://mariadb.com/kb/en/information-schema-check_constraints-table/ */
export interface CatalogueCheck {
  readonly table: string;
  readonly name: string;
  /** A check of a column has its name, and is a part of it. */
  readonly level: "Column" | "Table";
  readonly expression: string;
}

/** By itself, because a join with the rules takes the server several times as long as both. */
export const referencesQuery = (database: string): string => `SELECT
    TABLE_NAME AS \`table\`, CONSTRAINT_NAME AS name, COLUMN_NAME AS \`column\`,
    REFERENCED_TABLE_SCHEMA AS targetDatabase, REFERENCED_TABLE_NAME AS targetTable, REFERENCED_COLUMN_NAME AS targetColumn
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = ${database} AND REFERENCED_TABLE_NAME IS NOT NULL
  ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

/** Nothing is shown of tables that somebody may only read. */
export const rulesQuery = (database: string): string => `SELECT
    TABLE_NAME AS \`table\`, CONSTRAINT_NAME AS name, DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate
  FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ${database}`;

export const checksQuery = (database: string, { hasColumnChecks }: Capabilities): string =>
  hasColumnChecks
    ? `SELECT TABLE_NAME AS \`table\`, CONSTRAINT_NAME AS name, LEVEL AS level, CHECK_CLAUSE AS expression
  FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ${database}`
    : `SELECT t.TABLE_NAME AS \`table\`, c.CONSTRAINT_NAME AS name, 'Table' AS level, c.CHECK_CLAUSE AS expression
  FROM information_schema.CHECK_CONSTRAINTS AS c
  JOIN information_schema.TABLE_CONSTRAINTS AS t
    ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK'
  WHERE c.CONSTRAINT_SCHEMA = ${database} ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME`;
