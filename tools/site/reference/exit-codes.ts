import ts from "typescript-5";
import { EXIT_CODES } from "../../../packages/limbeck/src/kernel/exit-code.ts";
import { joinParts, writeCode, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import { readDocstring, type Declarations } from "../read/declarations.ts";

const FILE = "packages/limbeck/src/kernel/exit-code.ts";

/** What each exit code means, by its name, as the source says it. */
function readMeanings(file: ts.SourceFile): ReadonlyMap<string, string> {
  const meanings = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) meanings.set(node.name.getText(), readDocstring(node).summary);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return meanings;
}

/** The page of the exit codes. */
export function buildExitCodePage(declarations: Declarations): Page {
  const meanings = readMeanings(declarations.file(FILE));
  const text = joinParts([
    "# Exit codes",
    "They are part of what Limbeck promises, and never change their meaning.",
    writeTable(
      ["code", "name in `EXIT_CODES`", "meaning"],
      Object.entries(EXIT_CODES).map(([name, code]) => [
        writeCode(String(code)),
        writeCode(name),
        writeText(meanings.get(name) ?? "") || "All went well.",
      ]),
    ),
  ]);
  return { path: "reference/exit-codes.md", title: "Exit codes", text };
}
