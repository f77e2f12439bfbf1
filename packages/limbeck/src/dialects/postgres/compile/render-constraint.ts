import type { Statement } from "../../../dialect/statement.ts";
import type {
  CheckConstraint,
  Constraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from "../../../schema/model/constraint.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { renderConstraintName, renderDeferrable, renderInclude, renderWith } from "./render-clauses.ts";

const call = ({ name, kind }: Constraint): string => (name === undefined ? `A ${kind}` : `Constraint "${name}"`);

function renderKey(key: PrimaryKey | UniqueConstraint): string {
  const isPrimary = key.kind === "primaryKey";
  const options = isPrimary
    ? readOptions(key.options, "primaryKey", call(key))
    : { ...readOptions(key.options, "unique", call(key)), deferrable: key.deferrable };
  const nulls = options.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
  return [
    isPrimary ? "PRIMARY KEY" : `UNIQUE${nulls}`,
    ` (${quoteList(key.columns)}${options.withoutOverlaps ? " WITHOUT OVERLAPS" : ""})`,
    renderInclude(options.include),
    renderWith(options.with),
    renderDeferrable(options.deferrable),
  ].join("");
}

function renderCheck(check: CheckConstraint): string {
  const { notValid, noInherit, notEnforced } = readOptions(check.options, "check", call(check));
  return [
    `CHECK (${check.expression})`,
    noInherit ? " NO INHERIT" : "",
    notEnforced ? " NOT ENFORCED" : "",
    notValid ? " NOT VALID" : "",
  ].join("");
}

/** The last column of a key may be a period. */
function listKey(columns: readonly string[], hasPeriod: boolean): string {
  const names = columns.map(quoteIdentifier);
  return names.map((name, index) => (hasPeriod && index === names.length - 1 ? `PERIOD ${name}` : name)).join(", ");
}

function renderForeignKey(key: ForeignKey): string {
  const { notValid, onDeleteColumns, notEnforced, period = false } = readOptions(key.options, "foreignKey", call(key));
  const { table, columns } = key.references;
  const setColumns = onDeleteColumns === undefined ? "" : ` (${quoteList(onDeleteColumns)})`;
  return [
    `FOREIGN KEY (${listKey(key.columns, period)}) REFERENCES ${quoteName(table)}`,
    columns.length === 0 ? "" : ` (${listKey(columns, period)})`,
    key.match === undefined ? "" : ` MATCH ${key.match.toUpperCase()}`,
    key.onUpdate === undefined ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`,
    key.onDelete === undefined ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}${setColumns}`,
    renderDeferrable(key.deferrable),
    notEnforced ? " NOT ENFORCED" : "",
    notValid ? " NOT VALID" : "",
  ].join("");
}

function renderBody(constraint: Constraint): string {
  if (constraint.kind === "check") return renderCheck(constraint);
  return constraint.kind === "foreignKey" ? renderForeignKey(constraint) : renderKey(constraint);
}

/**
 * A constraint as CREATE TABLE and ADD CONSTRAINT write it.
 *
 * @throws OperationError (unknownOption)
 */
export function renderConstraint(constraint: Constraint): string {
  return `${renderConstraintName(constraint.name)}${renderBody(constraint)}`;
}

/** A check that is not validated may be so in some partitions. */
export function validateParts(constraint: Constraint): readonly Statement[] {
  if (constraint.kind !== "check") return [];
  const { validParts = [] } = readOptions(constraint.options, "check", call(constraint));
  const name = quoteIdentifier(constraint.name ?? "");
  return validParts.map((part) => ({ sql: `ALTER TABLE ${quoteName(part)} VALIDATE CONSTRAINT ${name}` }));
}

/** Whether CREATE TABLE cannot say it: a new table has no rows that NOT VALID could spare. */
export function isNotValid({ kind, options }: Constraint): boolean {
  const isPossible = kind === "check" || kind === "foreignKey";
  return isPossible && options?.["postgres"]?.["notValid"] === true;
}
