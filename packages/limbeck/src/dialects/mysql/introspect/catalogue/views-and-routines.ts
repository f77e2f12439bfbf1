import type { Capabilities } from "../../capabilities.ts";

/** A view. https://mariadb.com/kb/en/information-schema-views-table/ */
export interface CatalogueView {
  readonly name: string;
  readonly definition: string;
  readonly checkOption: "NONE" | "LOCAL" | "CASCADED";
  readonly security: "DEFINER" | "INVOKER";
  readonly algorithm: string;
}

/** A trigger. https://mariadb.com/kb/en/information-schema-triggers-table/ */
export interface CatalogueTrigger {
  readonly name: string;
  readonly table: string;
  readonly timing: string;
  readonly event: string;
  /** NULL for whoever may not see it. */
  readonly statement: string | null;
  /** The `sql_mode` in which it is read. */
  readonly sqlMode: string;
}

/** A function, a procedure, a package or a part of one. https://mariadb.com/kb/en/information-schema-routines-table/ */
export interface CatalogueRoutine {
  readonly kind: string;
  readonly name: string;
  readonly sqlMode: string;
}

/** An event. https://mariadb.com/kb/en/information-schema-events-table/ */
export interface CatalogueEvent {
  readonly name: string;
  readonly sqlMode: string;
  readonly timeZone: string;
  /** Whether it starts when it was made, which is what happens when nothing is said. */
  readonly startsAtOnce: bigint | null;
}

export const viewsQuery = (database: string, { product }: Capabilities): string => `SELECT
    TABLE_NAME AS name, VIEW_DEFINITION AS definition, CHECK_OPTION AS checkOption, SECURITY_TYPE AS security,
    ${product === "MariaDB" ? "ALGORITHM" : "'UNDEFINED'"} AS algorithm
  FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ${database} ORDER BY BINARY TABLE_NAME`;

export const triggersQuery = (database: string): string => `SELECT
    TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS \`table\`, ACTION_TIMING AS timing, EVENT_MANIPULATION AS event,
    ACTION_STATEMENT AS statement, SQL_MODE AS sqlMode
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ${database}
  ORDER BY EVENT_OBJECT_TABLE, ACTION_ORDER, BINARY TRIGGER_NAME`;

export const routinesQuery = (database: string): string => `SELECT
    ROUTINE_TYPE AS kind, ROUTINE_NAME AS name, SQL_MODE AS sqlMode
  FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ${database} ORDER BY BINARY ROUTINE_NAME, ROUTINE_TYPE`;

export const eventsQuery = (database: string): string => `SELECT
    EVENT_NAME AS name, SQL_MODE AS sqlMode, TIME_ZONE AS timeZone,
    CAST(STARTS IN (CONVERT_TZ(CREATED, @@time_zone, TIME_ZONE), CONVERT_TZ(LAST_ALTERED, @@time_zone, TIME_ZONE)) AS SIGNED) AS startsAtOnce
  FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ${database} ORDER BY BINARY EVENT_NAME`;
