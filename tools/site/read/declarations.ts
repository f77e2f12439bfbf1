import { dirname, join } from "node:path";
import ts from "typescript-5";

/** What a docstring says. */
export interface Docstring {
  readonly summary: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** The source of the package, with its types. */
export interface Declarations {
  readonly checker: ts.TypeChecker;
  /** A file of the source, by its path in the repository. */
  readonly file: (path: string) => ts.SourceFile;
  /** The files in the folder of one, itself included. */
  readonly beside: (path: string) => readonly ts.SourceFile[];
}

const SOURCE = "packages/limbeck/src";

/** The options of the repository's own compiler, as far as types depend on them. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ["node"],
};

/**
 * Reads the source with its types.
 *
 * @param root the folder of the repository
 */
export function readDeclarations(root: string): Declarations {
  const entries = ["index.ts", "commands.ts", "schema.ts", "kernel/errors/catalogue.ts"];
  const program = ts.createProgram({ rootNames: entries.map((name) => join(root, SOURCE, name)), options: OPTIONS });
  return {
    checker: program.getTypeChecker(),
    file(path) {
      const found = program.getSourceFile(join(root, path));
      if (!found) throw new Error(`${path} is not among the files that ${entries.join(", ")} lead to`);
      return found;
    },
    beside(path) {
      const folder = dirname(join(root, path));
      return program.getSourceFiles().filter(({ fileName }) => dirname(fileName) === folder);
    },
  };
}

const textOf = (comment: Parameters<typeof ts.getTextOfJSDocComment>[0]): string =>
  (ts.getTextOfJSDocComment(comment) ?? "").trim();

/** What the docstring in front of a declaration says; empty where there is none. */
export function readDocstring(node: ts.Node): Docstring {
  const parts = ts.getJSDocCommentsAndTags(node);
  const comments = parts.filter(ts.isJSDoc);
  const tags = comments.flatMap(({ tags: found = [] }) => [...found]);
  const named = (name: string): readonly string[] =>
    tags.filter(({ tagName }) => tagName.text === name).map(({ comment }) => textOf(comment));
  return {
    summary: comments.map(({ comment }) => textOf(comment)).join("\n\n"),
    parameters: new Map(
      tags.filter(ts.isJSDocParameterTag).map((tag) => [tag.name.getText(), textOf(tag.comment)] as const),
    ),
    throws: [...named("throws")],
    examples: named("example"),
  };
}

/** An interface of a file, by its name. */
export function findInterface(file: ts.SourceFile, name: string): ts.InterfaceDeclaration {
  const found = file.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
  if (!found) throw new Error(`${file.fileName} declares no interface ${name}`);
  return found;
}

/** One property of an interface, for people. */
export interface Property {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly summary: string;
}

/** Properties of an interface in the order in which they stand, those of its own. */
export function readProperties(node: ts.InterfaceDeclaration): readonly Property[] {
  return node.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: (member.type?.getText() ?? "").replaceAll(/\s+/g, " "),
    isOptional: member.questionToken !== undefined,
    summary: readDocstring(member).summary,
  }));
}
