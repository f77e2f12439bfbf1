import type { Constraint } from "../../schema/model/constraint.ts";
import { renderLiteral } from "./literal.ts";
import type { TableCall, TableCallTable } from "./operation-call.ts";
import { renderConstraint, renderOptions } from "./render-item.ts";

/** The method that creates a constraint; undefined for one without a name, because a method would give it one. */
function renderCreate(constraint: Constraint): TableCall | undefined {
  if (constraint.name === undefined) return undefined;
  const name = renderLiteral(constraint.name);
  switch (constraint.kind) {
    case "primaryKey": {
      const { kind: _kind, name: _name, columns, ...options } = constraint;
      return {
        method: "createPrimaryKey",
        tableAt: 1,
        args: [name, renderLiteral(columns), ...renderOptions(options)],
      };
    }
    case "unique": {
      const { kind: _kind, name: _name, columns, ...options } = constraint;
      const args = [name, renderLiteral(columns), ...renderOptions(options)];
      return { method: "createUniqueConstraint", tableAt: 1, args };
    }
    case "check": {
      const { kind: _kind, name: _name, expression, ...options } = constraint;
      const args = [name, renderLiteral(expression), ...renderOptions(options)];
      return { method: "createCheckConstraint", tableAt: 1, args };
    }
    case "foreignKey": {
      const { kind: _kind, name: _name, columns, references, ...options } = constraint;
      const ends = [references.table, columns, references.columns].map(renderLiteral);
      return { method: "createForeignKey", tableAt: 1, args: [name, ...ends, ...renderOptions(options)] };
    }
  }
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
