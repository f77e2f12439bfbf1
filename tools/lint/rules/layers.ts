import type { Context, ESTree, Rule } from "@oxlint/plugins";
import { posix } from "node:path";
import { explainForbiddenImport, locateSource } from "../layers.ts";

type ImportSource = ESTree.Expression | ESTree.StringLiteral | null;

/**
 * Forbid imports that point upward. A rule of our own and not `no-restricted-imports`, because that one reads
 * the text of an import instead of the file it means, and is blind to `import()` and `import("...")` types.
 */
export const layers: Rule = {
  create(context: Context) {
    const from = locateSource(context.filename);
    if (from === undefined) return {};

    const check = (source: ImportSource): void => {
      if (source === null || source.type !== "Literal" || typeof source.value !== "string") return;
      const specifier = source.value;
      if (/^limbeck(\/|$)/.test(specifier) && !from.isTest) {
        context.report({ node: source, message: "The package doesn't import itself by name: use a relative path." });
        return;
      }
      if (!specifier.startsWith(".")) return;
      const to = locateSource(posix.join(posix.dirname(context.filename.replaceAll("\\", "/")), specifier));
      if (to === undefined) {
        if (!from.isTest)
          context.report({ node: source, message: "The published source imports nothing outside itself." });
        return;
      }
      const reason = explainForbiddenImport(from, to);
      if (reason !== undefined) context.report({ node: source, message: `Forbidden import: ${reason}.` });
    };

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
