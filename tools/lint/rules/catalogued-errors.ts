import type { Context, Rule } from "@oxlint/plugins";
import { locateSource } from "../layers.ts";

const BUILT_IN: ReadonlySet<string> = new Set(["Error", "TypeError", "RangeError", "SyntaxError", "AggregateError"]);

/** Forbid throwing bare errors: what a user sees has a code, a reason and a fix, all from the catalogue. */
export const cataloguedErrors: Rule = {
  create(context: Context) {
    const file = locateSource(context.filename);
    // The kernel holds the catalogue, and the assertions that speak of bugs in the project itself.
    if (file === undefined || file.isTest || file.layer === "kernel") return {};

    return {
      ThrowStatement({ argument }) {
        if (argument.type !== "NewExpression" && argument.type !== "CallExpression") return;
        if (argument.callee.type !== "Identifier" || !BUILT_IN.has(argument.callee.name)) return;
        context.report({
          node: argument,
          message: "Throw from the catalogue in kernel/errors, which gives a code and a fix.",
        });
      },
    };
  },
};
