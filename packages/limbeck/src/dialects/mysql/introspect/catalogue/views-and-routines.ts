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
  /** The fewest and the most minutes that its time zone is ahead of UTC in the course of this year; NULL where the server does not know the zone. */
  readonly leastAhead: bigint | null;
  readonly mostAhead: bigint | null;
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

/** Two days of each month: wherever clocks are changed, they are not the same on all of them. */
const DAYS: readonly string[] = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, "0")).flatMap(
  (month) => ["01", "15"].map((day) => `CONCAT(YEAR(CURRENT_DATE), '-${month}-${day} 12:00:00')`),
);

const AHEAD = DAYS.map((day) => `TIMESTAMPDIFF(MINUTE, ${day}, CONVERT_TZ(${day}, '+00:00', TIME_ZONE))`).join(", ");

export const eventsQuery = (database: string): string => `SELECT
    EVENT_NAME AS name, SQL_MODE AS sqlMode, TIME_ZONE AS timeZone, LEAST(${AHEAD}) AS leastAhead, GREATEST(${AHEAD}) AS mostAhead,
    CAST(STARTS IN (CONVERT_TZ(CREATED, @@time_zone, TIME_ZONE), CONVERT_TZ(LAST_ALTERED, @@time_zone, TIME_ZONE)) AS SIGNED) AS startsAtOnce
  FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ${database} ORDER BY BINARY EVENT_NAME`;
