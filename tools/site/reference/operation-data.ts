import ts from "typescript-5";
import { joinParts, writeBlock, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import { findInterface, readDocstring, type Declarations } from "../read/declarations.ts";

const FILE = "packages/limbeck/src/ops/operation.ts";

/** The lines of a type without the indentation that it has in its file, and without a word that all of them begin with. */
const showType = (text: string): string => text.replaceAll(/^ {2}/gm, "").replaceAll("readonly ", "");

/** The page of what operations are to programs: the shapes that `op.invoke`, comparators and `processRevision` take. */
export function buildOperationDataPage(declarations: Declarations): Page {
  const file = declarations.file(FILE);
  const kinds = findInterface(file, "OperationMap").members.filter(ts.isPropertySignature);
  const text = joinParts([
    "# Operations as data",
    "An operation is plain data with a `kind`. `op.invoke` and the `invoke` of a batch run it, comparators of the config give it, `processRevision` is given lists of it, and `--json` prints it. `limbeck` exports the type `Operation`.",
    ...kinds.flatMap((kind) => [
      `## ${kind.name.getText()}`,
      writeText(readDocstring(kind).summary),
      writeBlock("ts", showType(kind.type?.getText() ?? "")),
    ]),
  ]);
  return { path: "reference/operations/as-data.md", title: "Operations as data", text };
}
