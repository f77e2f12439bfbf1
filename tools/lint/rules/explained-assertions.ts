import type { Context, ESTree, Rule } from "@oxlint/plugins";
import { locateSource } from "../layers.ts";

/** Demand that every `as` has a comment above or beside it: an assertion is a claim, so it needs a reason. */
export const explainedAssertions: Rule = {
  create(context: Context) {
    const file = locateSource(context.filename);
    if (file === undefined || file.isTest) return {};
    const { sourceCode } = context;

    const isExplained = (node: ESTree.Node): boolean => {
      const { line: first } = sourceCode.getLocFromIndex(node.range[0]);
      const { line: last } = sourceCode.getLocFromIndex(node.range[1]);
      return sourceCode.getAllComments().some(({ range }) => {
        const { line } = sourceCode.getLocFromIndex(range[1]);
        return line >= first - 1 && line <= last;
      });
    };

    return {
      TSAsExpression(node) {
        const { typeAnnotation: type } = node;
        const isConst =
          type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const";
        if (isConst || isExplained(node)) return;
        context.report({ node, message: "Say in a comment above why this assertion is true." });
      },
    };
  },
};
