import { SourceScanner } from "./source-scanner.ts";

const MAY_BE_MODULE = /\b(?:import|export)\b/;

const NOT_STATEMENT: ReadonlySet<string | undefined> = new Set(["(", ":", "=", ",", "}"]);

/** `import x = require()` and `export =` are TypeScript's words for CommonJS. */
function isImportOfModule(scanner: SourceScanner): boolean {
  const next = scanner.peek();
  if (NOT_STATEMENT.has(next?.text)) return false;
  if (next?.kind !== "word") return true;
  scanner.next();
  return scanner.peek()?.text !== "=";
}

/**
 * Whether a text can only be an ES module: it imports or exports at its top level, or uses `import.meta`.
 *
 * Node asks package.json instead, and `npm init` writes `"type": "commonjs"`: a fresh project's revisions would not load.
 */
export function hasModuleSyntax(text: string): boolean {
  if (!MAY_BE_MODULE.test(text)) return false;
  const scanner = new SourceScanner(text);
  let previous = "";
  for (let token = scanner.next(); token; token = scanner.next()) {
    const isKeyword = previous !== "." && (token.text === "import" || token.text === "export");
    previous = token.text;
    if (!isKeyword) continue;
    if (token.text === "import" && scanner.peek()?.text === ".") return true;
    if (scanner.depth > 0) continue;
    if (token.text === "export" ? !NOT_STATEMENT.has(scanner.peek()?.text) : isImportOfModule(scanner)) return true;
  }
  return false;
}
