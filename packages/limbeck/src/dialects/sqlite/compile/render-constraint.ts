import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type {
  CheckConstraint,
  Constraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from "../../../schema/model/constraint.ts";
import { SQLITE_OPTION_NAMES } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { quoteList, renderConflict, renderConstraintName } from "./render-clauses.ts";

function describe(constraint: Constraint): string {
  return constraint.name === undefined ? `A constraint (${constraint.kind})` : `Constraint "${constraint.name}"`;
}

function renderKey(constraint: PrimaryKey | UniqueConstraint): string {
  const words = constraint.kind === "primaryKey" ? "PRIMARY KEY" : "UNIQUE";
  const { onConflict, termSuffixes } = readOptions(constraint.options, constraint.kind, describe(constraint));
  const terms = constraint.columns.map((column, position) => {
    const suffix = termSuffixes?.[position] ?? "";
    return suffix === "" ? quoteIdentifier(column) : `${quoteIdentifier(column)} ${suffix}`;
  });
  return `${words} (${terms.join(", ")})${renderConflict(onConflict)}`;
}

function renderUnique(constraint: UniqueConstraint): string {
  if (constraint.deferrable === undefined) return renderKey(constraint);
  // https://www.sqlite.org/syntax/table-constraint.html
  throw operationErrors.unknownOption({
    dialect: "SQLite",
    place: describe(constraint),
    option: "deferrable",
    known: SQLITE_OPTION_NAMES.unique,
  });
}

function renderCheck(constraint: CheckConstraint): string {
  const { onConflict } = readOptions(constraint.options, "check", describe(constraint));
  return `CHECK (${constraint.expression})${renderConflict(onConflict)}`;
}

/** What stands at the end of a foreign key: `REFERENCES "t" ("id") ON DELETE CASCADE`. */
export function renderReferences(key: ForeignKey): string {
  const { match, onInsert } = readOptions(key.options, "foreignKey", describe(key));
  const { table, columns } = key.references;
  const parts = [
    `REFERENCES ${quoteIdentifier(table)}`,
    columns.length > 0 && `(${quoteList(columns)})`,
    key.onDelete && `ON DELETE ${key.onDelete.toUpperCase()}`,
    key.onUpdate && `ON UPDATE ${key.onUpdate.toUpperCase()}`,
    onInsert && `ON INSERT ${onInsert.toUpperCase()}`,
    key.match ? `MATCH ${key.match.toUpperCase()}` : match && `MATCH ${quoteIdentifier(match)}`,
    key.deferrable && `DEFERRABLE ${key.deferrable.toUpperCase()}`,
  ];
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}

function renderBody(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return renderKey(constraint);
    case "unique":
      return renderUnique(constraint);
    case "check":
      return renderCheck(constraint);
    default:
      return `FOREIGN KEY (${quoteList(constraint.columns)}) ${renderReferences(constraint)}`;
  }
}

/**
 * A constraint as CREATE TABLE writes it behind the columns.
 *
 * @throws OperationError (unknownOption)
 */
export function renderConstraint(constraint: Constraint): string {
  return `${renderConstraintName(constraint.name)}${renderBody(constraint)}`;
}
