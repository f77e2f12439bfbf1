import type { Context, ESTree, Rule } from "@oxlint/plugins";
import { locateSource } from "../layers.ts";

const COLLECTIONS: ReadonlySet<string> = new Set(["Map", "Set", "WeakMap", "WeakSet"]);

function isEmptyCollection(node: ESTree.Expression | null): boolean {
  return (
    node?.type === "NewExpression" &&
    node.callee.type === "Identifier" &&
    COLLECTIONS.has(node.callee.name) &&
    node.arguments.length === 0
  );
}

/**
 * Forbid state at the top level of a module: two upgrades in one process would share it. An empty collection
 * there is state too, since it is only ever of use when something is added later.
 */
export const noModuleState: Rule = {
  create(context: Context) {
    const file = locateSource(context.filename);
    if (file === undefined || file.isTest) return {};

    return {
      VariableDeclaration(node) {
        if (node.parent.type !== "Program" && node.parent.type !== "ExportNamedDeclaration") return;
        const isMutable = node.kind === "let" || node.kind === "var";
        if (!isMutable && !node.declarations.some(({ init }) => isEmptyCollection(init))) return;
        context.report({ node, message: "State at the top level of a module is shared by every run: pass it in." });
      },
    };
  },
};
