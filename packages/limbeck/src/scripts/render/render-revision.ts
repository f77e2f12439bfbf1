import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Operation } from "../../ops/operation.ts";
import { DEFAULT_NAMING_CONVENTION, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { RevisionHeader } from "../revision-header.ts";
import { hardline, indent, listImports, listModuleImports, type Document } from "./document.ts";
import { renderArray, renderLiteral } from "./literal.ts";
import { FILE_WIDTH, printDocument } from "./print-document.ts";
import { renderImport, renderImportList } from "./render-import-list.ts";
import { renderRemarks, type Remarks } from "./render-remarks.ts";
import { renderOperation } from "./render-operation.ts";

/** What a new revision file is made of. */
export interface RevisionContent extends RevisionHeader {
  readonly message: string;
  /** As it is to stand in the file. */
  readonly createDate: string;
  readonly upgrade: readonly Operation[];
  /** What is said before single operations, on the way up or down. Default nothing. */
  readonly remarks?: Remarks;
  /** The way back, or why there is none. */
  readonly downgrade: readonly Operation[] | { readonly irreversible: string };
  /** What the reader of the file should know, such as what the downgrade can't restore. */
  readonly notes: readonly string[];
  /** The folder of the file, absolute, that imports of other files count from. Default: the root. */
  readonly folder?: string;
  /** The names that `op` gives when it is told none. Default: {@link DEFAULT_NAMING_CONVENTION}. */
  readonly convention?: NamingConvention;
}

/** The parts of a new revision file as text, ready to be put together. */
export interface RevisionTexts {
  /** The comment at the top: message, date, notes. */
  readonly comment: string;
  /** The import statements. */
  readonly imports: string;
  /** `export const revision = ...` and the other three; and `replaces` where there is something to replace. */
  readonly declarations: string;
  /** The functions. Where there is no way back, a comment stands for the second. */
  readonly functions: string;
}

/** Text that can stand in a block comment without ending it. */
const guardComment = (text: string): string => text.replaceAll("*/", String.raw`*\/`);

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

function renderComment({ message, createDate, notes }: RevisionContent): string {
  const text = message.trim() === "" ? "empty message" : message.trim();
  const paragraphs = [text, `Created ${createDate}`, ...(notes.length > 0 ? [notes.map(oneLine).join("\n")] : [])];
  const lines = guardComment(paragraphs.join("\n\n")).split(/\r\n|[\n\r\u2028\u2029]/);
  return ["/**", ...lines.map((part) => ` * ${part}`.trimEnd()), " */"].join("\n");
}

function renderDeclarations({ revision, downRevision, branchLabels, dependsOn, replaces }: RevisionHeader): string {
  const [only = null, ...more] = downRevision;
  const declare = (name: string, value: Document): string =>
    printDocument(["export const ", name, " = ", value, ";"], FILE_WIDTH);
  return [
    declare("revision", renderLiteral(revision)),
    declare("downRevision", renderLiteral(more.length > 0 ? downRevision : only)),
    declare("branchLabels: string[]", renderArray(branchLabels.map(renderLiteral))),
    declare("dependsOn: string[]", renderArray(dependsOn.map(renderLiteral))),
    ...(replaces.length > 0 ? [declare("replaces", renderArray(replaces.map(renderLiteral)))] : []),
  ].join("\n");
}

/** @param isOpen whether somebody is to write what is not there yet */
function renderFunction(
  name: string,
  statements: readonly Document[],
  { emptyNote, isOpen }: { readonly emptyNote: string; readonly isOpen: boolean },
): Document {
  const parameter = statements.length > 0 || isOpen ? "op" : "_op";
  const body = statements.length > 0 ? statements : [`// ${emptyNote}`];
  const lines = body.map((statement) => [hardline, statement]);
  return [`export async function ${name}(${parameter}: Operations) {`, indent(lines), hardline, "}"];
}

/** How a file is imported by one in a folder; a package by its name. */
function importPath(module: string, folder: string): string {
  if (!module.startsWith("file:")) return module;
  const path = relative(folder, fileURLToPath(module)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

function renderImports(functions: Document, folder: string): string {
  const lists = [
    ...renderImportList(listImports(functions)),
    ...[...listModuleImports(functions)].map(([module, names]) => renderImport(names, importPath(module, folder))),
  ];
  const operations = 'import type { Operations } from "limbeck";';
  return [operations, ...lists.map((list) => printDocument(list, FILE_WIDTH))].join("\n");
}

/** Writes the parts of a new revision file. */
export function renderRevisionTexts(content: RevisionContent): RevisionTexts {
  const { upgrade, downgrade, convention = DEFAULT_NAMING_CONVENTION } = content;
  const isMerge = content.downRevision.length > 1;
  const isReplacement = content.replaces.length > 0;
  const nothing = isMerge ? "Brings branches together; nothing changes." : "What it replaces does nothing.";
  const isOpen = !isMerge && !isReplacement;
  const note = (what: string) => ({ isOpen, emptyNote: isOpen ? `Nothing yet: write the ${what} here.` : nothing });
  const render = (operations: readonly Operation[]): readonly Document[] =>
    operations.flatMap((operation) => [
      ...renderRemarks(content.remarks?.get(operation)),
      renderOperation(operation, { convention }),
    ]);
  const up = renderFunction("upgrade", render(upgrade), note("change"));
  const down =
    "irreversible" in downgrade
      ? `// There is no downgrade: ${oneLine(downgrade.irreversible)}`
      : renderFunction("downgrade", render(downgrade), note("way back"));
  return {
    comment: renderComment(content),
    imports: renderImports([up, down], content.folder ?? "/"),
    declarations: renderDeclarations(content),
    functions: [up, down].map((part) => printDocument(part, FILE_WIDTH)).join("\n\n"),
  };
}
