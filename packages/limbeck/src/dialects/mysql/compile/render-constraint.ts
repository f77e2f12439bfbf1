import type { Constraint, ForeignKey, PrimaryKey, UniqueConstraint } from "../../../schema/model/constraint.ts";
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

/** The period in which rows may not overlap, as the last part of a key. */
const renderOverlaps = (period: string | undefined): readonly string[] =>
  period === undefined ? [] : [`${quoteIdentifier(period)} WITHOUT OVERLAPS`];

function renderPrimaryKey(key: PrimaryKey): string {
  const { comment, lengths = {}, withoutOverlaps } = readOptions(key.options, "primaryKey", "the primary key");
  const columns = key.columns.map((column) => {
    const length = lengths[column] ?? 0;
    return `${quoteIdentifier(column)}${length > 0 ? `(${length})` : ""}`;
  });
  const parts = [...columns, ...renderOverlaps(withoutOverlaps)];
  return `PRIMARY KEY (${parts.join(", ")})${comment === undefined ? "" : ` COMMENT ${quoteText(comment)}`}`;
}

function renderUnique(key: UniqueConstraint): string {
  const { withoutOverlaps } = readOptions(key.options, "unique", call(key));
  return `UNIQUE (${[...key.columns.map(quoteIdentifier), ...renderOverlaps(withoutOverlaps)].join(", ")})`;
}

function renderBody(constraint: Constraint): string {
  if (constraint.kind === "check") return `CHECK (${constraint.expression})`;
  if (constraint.kind === "foreignKey") return renderForeignKey(constraint);
  return constraint.kind === "primaryKey" ? renderPrimaryKey(constraint) : renderUnique(constraint);
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
  if (constraint.kind === "check" || constraint.kind === "foreignKey")
    readOptions(constraint.options, "constraint", call(constraint));
  refuseDeferral(constraint);
  const { name, kind } = constraint;
  const prefix = name === undefined || kind === "primaryKey" ? "" : `CONSTRAINT ${quoteIdentifier(name)} `;
  return `${prefix}${renderBody(constraint)}`;
}
