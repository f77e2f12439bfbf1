import ts from "typescript-5";
import type { Documents } from "../documents/documents.ts";
import { joinParts, writeBlock, writeCode, writeLink, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import { readDocstring, type Declarations, type Docstring } from "../read/declarations.ts";
import { writeMentions } from "../read/mentions.ts";

/** The entries of the package that people import functions of. */
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ["limbeck", "index.ts"],
  ["limbeck/commands", "commands.ts"],
  ["limbeck/schema", "schema.ts"],
]);

interface LibraryFunction extends Docstring {
  readonly name: string;
  readonly signature: string;
}

const placeEntry = (entry: string): string =>
  `reference/library/${entry.replace("limbeck/", "").replace("limbeck", "main")}.md`;

/** What stands before the body of a function, without what only the compiler needs. */
function readSignature(node: ts.FunctionDeclaration): string {
  const text = node.getText();
  const head = node.body ? text.slice(0, node.body.getStart() - node.getStart()) : text;
  return head.replace(/^export (async )?/, "").trim();
}

/** The functions that a module exports, each by what is written above it; those that the compiler knows only by their type are left out. */
function readFunctions({ checker, file }: Declarations, path: string): readonly LibraryFunction[] {
  const module = checker.getSymbolAtLocation(file(`packages/limbeck/src/${path}`));
  const symbols = module ? checker.getExportsOfModule(module) : [];
  return symbols.flatMap((symbol): readonly LibraryFunction[] => {
    const origin = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    const declared = (origin.declarations ?? []).filter(ts.isFunctionDeclaration);
    const told = declared.find((one) => readDocstring(one).summary !== "");
    const [shown] = declared;
    if (!told || !shown) return [];
    return [{ ...readDocstring(told), name: symbol.name, signature: readSignature(shown) }];
  });
}

function writeFunction(found: LibraryFunction, path: string, documents: Documents): string {
  const { name, summary, signature, parameters, throws, examples } = found;
  return joinParts([
    `## ${name}`,
    writeText(summary),
    writeBlock("ts", signature),
    writeTable(
      ["parameter", "meaning"],
      [...parameters].map(([parameter, meaning]) => [writeCode(parameter), writeText(meaning)]),
    ),
    ...throws.map((text) => `Throws ${writeText(text)}.`),
    ...examples.map((text) => writeBlock("ts", text)),
    writeMentions(documents.mention(new RegExp(`\\b${name}\\(`)), path),
  ]).trimEnd();
}

/** A page for each entry of the package, with the functions that it exports. */
export function buildLibraryPages(declarations: Declarations, documents: Documents): readonly Page[] {
  return [...ENTRIES].map(([entry, file]) => {
    const path = placeEntry(entry);
    const functions = readFunctions(declarations, file);
    const text = joinParts([
      `# ${entry}`,
      `The functions that \`import { ... } from "${entry}"\` gives. Their types come with the package.`,
      writeTable(
        ["function", "what it does"],
        functions.map(({ name, summary }) => [
          writeLink(writeCode(name), path, `${path}#${name.toLowerCase()}`),
          writeText(summary.split(/(?<=\.)\s/)[0] ?? ""),
        ]),
      ),
      ...functions.map((one) => writeFunction(one, path, documents)),
    ]);
    return { path, title: entry, text };
  });
}
