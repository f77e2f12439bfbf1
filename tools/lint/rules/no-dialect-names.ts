import type { Context, ESTree, Rule } from "@oxlint/plugins";
import { DIALECT_NAMES, locateSource } from "../layers.ts";

/** Forbid naming a database outside `dialects/`: whoever needs to know a difference asks a capability. */
export const noDialectNames: Rule = {
  create(context: Context) {
    const file = locateSource(context.filename);
    if (file === undefined || file.isTest || file.layer === "dialects") return {};

    const check = (node: ESTree.Node, text: string): void => {
      if (!DIALECT_NAMES.has(text.toLowerCase())) return;
      context.report({ node, message: `"${text}" is named outside dialects/: ask a capability of the dialect.` });
    };

    return {
      Literal(node) {
        if (typeof node.value === "string") check(node, node.value);
      },
      TemplateElement: (node) => check(node, node.value.raw),
      Property(node) {
        if (!node.computed && node.key.type === "Identifier") check(node.key, node.key.name);
      },
    };
  },
};
