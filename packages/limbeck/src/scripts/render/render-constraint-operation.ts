import type { Constraint } from "../../schema/model/constraint.ts";
import { renderLiteral } from "./literal.ts";
import type { TableCall, TableCallTable } from "./operation-call.ts";
import { renderConstraint, renderOptions } from "./render-item.ts";

/** The method that creates a constraint; undefined for one without a name, because a method would give it one. */
function renderCreate(constraint: Constraint): TableCall | undefined {
  if (constraint.name === undefined) return undefined;
  const name = renderLiteral(constraint.name);
  if (constraint.kind === "check") {
    const { kind: _kind, name: _name, expression, ...options } = constraint;
    const args = [name, renderLiteral(expression), ...renderOptions(options)];
    return { method: "createCheckConstraint", tableAt: 1, args };
  }
  if (constraint.kind === "foreignKey") {
    const { kind: _kind, name: _name, columns, references, ...options } = constraint;
    const ends = [references.table, columns, references.columns].map(renderLiteral);
    return { method: "createForeignKey", tableAt: 1, args: [name, ...ends, ...renderOptions(options)] };
  }
  const { kind, name: _name, columns, ...options } = constraint;
  const method = kind === "primaryKey" ? "createPrimaryKey" : "createUniqueConstraint";
  return { method, tableAt: 1, args: [name, renderLiteral(columns), ...renderOptions(options)] };
}

/** Changes of constraints. */
export const CONSTRAINT_CALLS: TableCallTable<"addConstraint" | "dropConstraint"> = {
  addConstraint: ({ constraint }) => renderCreate(constraint),
  dropConstraint: ({ constraint }) => ({
    method: "dropConstraint",
    tableAt: 1,
    args: [constraint.name === undefined ? renderConstraint(constraint) : renderLiteral(constraint.name)],
  }),
};
