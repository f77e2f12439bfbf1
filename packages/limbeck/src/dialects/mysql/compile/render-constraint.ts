import type { Constraint, ForeignKey, PrimaryKey } from "../../../schema/model/constraint.ts";
import { quoteIdentifier, quoteList, quoteText } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { refuse } from "./refuse.ts";

const call = ({ name, kind }: Constraint): string => (name === undefined ? `a ${kind}` : `constraint "${name}"`);

/** MATCH would make InnoDB ignore what is to happen on delete. https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html */
function refuseMatch(key: ForeignKey): void {
  if (key.match !== undefined && key.match !== "simple") {
    throw refuse(
      `MATCH ${key.match.toUpperCase()} of ${call(key)}`,
      "A reference with a NULL in it points nowhere, as MATCH SIMPLE says.",
    );
  }
}

function renderForeignKey(key: ForeignKey): string {
  refuseMatch(key);
  const { table, columns } = key.references;
  return [
    `FOREIGN KEY (${quoteList(key.columns)}) REFERENCES ${quoteIdentifier(table)}`,
    columns.length === 0 ? "" : ` (${quoteList(columns)})`,
    key.onDelete === undefined ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`,
    key.onUpdate === undefined ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`,
  ].join("");
}

function renderPrimaryKey(key: PrimaryKey): string {
  const { comment, lengths = {} } = readOptions(key.options, "primaryKey", "the primary key");
  const columns = key.columns.map((column) => {
    const length = lengths[column] ?? 0;
    return `${quoteIdentifier(column)}${length > 0 ? `(${length})` : ""}`;
  });
  return `PRIMARY KEY (${columns.join(", ")})${comment === undefined ? "" : ` COMMENT ${quoteText(comment)}`}`;
}

function renderBody(constraint: Constraint): string {
  if (constraint.kind === "check") return `CHECK (${constraint.expression})`;
  if (constraint.kind === "foreignKey") return renderForeignKey(constraint);
  return constraint.kind === "primaryKey" ? renderPrimaryKey(constraint) : `UNIQUE (${quoteList(constraint.columns)})`;
}

function refuseDeferral(constraint: Constraint): void {
  const isDeferrable = "deferrable" in constraint && constraint.deferrable !== undefined;
  if (isDeferrable) throw refuse(`DEFERRABLE of ${call(constraint)}`, "Constraints are checked row by row.");
}

/**
 * A constraint as CREATE TABLE and ADD write it. The primary key has no name of its own.
 *
 * @throws OperationError (unknownOption, unsupported)
 */
export function renderConstraint(constraint: Constraint): string {
  if (constraint.kind !== "primaryKey") readOptions(constraint.options, "constraint", call(constraint));
  refuseDeferral(constraint);
  const { name, kind } = constraint;
  const prefix = name === undefined || kind === "primaryKey" ? "" : `CONSTRAINT ${quoteIdentifier(name)} `;
  return `${prefix}${renderBody(constraint)}`;
}
