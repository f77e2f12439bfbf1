import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { Capabilities } from "../capabilities.ts";
import type { MysqlColumnOptions } from "../options.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { renderType } from "../types.ts";
import { readOptions } from "./read-options.ts";
import { refuse } from "./refuse.ts";
import { renderDefault } from "./render-default.ts";

const NUMBERED: readonly string[] = ["smallint", "integer", "bigint", "raw"];

function checkNumbering(table: string, column: Column): void {
  if (!column.autoIncrement) return;
  if (!NUMBERED.includes(column.type.kind)) {
    const problem = "Only columns of type smallint, integer or bigint can be numbered.";
    throw operationErrors.autoIncrementDoesNotFit({ table, column: column.name, problem });
  }
  if (column.default) {
    const problem = "A column that is numbered has no default besides.";
    throw operationErrors.autoIncrementDoesNotFit({ table, column: column.name, problem });
  }
}

function renderGenerated(table: string, { name, nullable, generated }: Column, { product }: Capabilities): string {
  if (!generated) return "";
  if (!nullable && product === "MariaDB") {
    throw refuse(
      `NOT NULL on the generated column ${table}.${name}`,
      "MariaDB computes NULL where the expression does.",
    );
  }
  return ` GENERATED ALWAYS AS (${generated.expression}) ${generated.storage === "stored" ? "STORED" : "VIRTUAL"}`;
}

/** A `timestamp` that says nothing refuses NULL on older servers, and may get a default of its own. https://mariadb.com/kb/en/timestamp/ */
function renderNull({ nullable, generated }: Column, type: string): string {
  if (generated && nullable) return "";
  if (!nullable) return " NOT NULL";
  return /^timestamp\b/i.test(type) ? " NULL" : "";
}

function checkOptions(
  place: string,
  { check, rowTime }: { readonly [Option in "check" | "rowTime"]: MysqlColumnOptions[Option] | undefined },
  { hasColumnChecks, hasSystemVersioning }: Capabilities,
): void {
  if (check !== undefined && !hasColumnChecks) throw refuse(`The check inside ${place}`, "Give it to the table.");
  if (rowTime !== undefined && !hasSystemVersioning)
    throw refuse(`The row time of ${place}`, "Only MariaDB keeps former rows.");
}

/**
 * A column with everything about it, as CREATE TABLE, ADD COLUMN and MODIFY COLUMN write it: what MODIFY leaves out is lost.
 * https://mariadb.com/kb/en/alter-table/#modify-column
 *
 * @throws OperationError for an unknown option, a default that does not fit, or what the engine cannot generate
 */
export function renderColumn(table: string, column: Column, capabilities: Capabilities): string {
  const { name, collation, comment, generated } = column;
  const place = `Column "${table}.${name}"`;
  const { invisible, onUpdate, check, unversioned, rowTime } = readOptions(column.options, "column", place);
  checkNumbering(table, column);
  checkOptions(place, { check, rowTime }, capabilities);
  const type = renderType(column.type, capabilities);
  const defaultSql = generated ? undefined : renderDefault(column, capabilities);
  return [
    `${quoteIdentifier(name)} ${type}`,
    collation === undefined ? "" : ` COLLATE ${quoteIdentifier(collation)}`,
    renderGenerated(table, column, capabilities),
    rowTime === undefined ? renderNull(column, type) : ` GENERATED ALWAYS AS ROW ${rowTime.toUpperCase()}`,
    defaultSql === undefined ? "" : ` DEFAULT ${defaultSql}`,
    onUpdate === undefined ? "" : ` ON UPDATE ${onUpdate}`,
    column.autoIncrement ? " AUTO_INCREMENT" : "",
    invisible ? " INVISIBLE" : "",
    unversioned ? " WITHOUT SYSTEM VERSIONING" : "",
    comment === undefined || comment === "" ? "" : ` COMMENT ${quoteText(comment)}`,
    check === undefined ? "" : ` CHECK (${check})`,
  ].join("");
}
