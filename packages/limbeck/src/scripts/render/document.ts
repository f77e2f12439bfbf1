/**
 * Source text with places where it may be broken over lines: what prints it decides, so that long calls wrap and short ones
 * stay on a line. After Philip Wadler, "A prettier printer", as far as revisions need it.
 */
export type Document =
  | string
  | readonly Document[]
  /** Stays on one line when it fits; `isBroken` says that it must not. */
  | { readonly kind: "group"; readonly content: Document; readonly isBroken: boolean }
  | { readonly kind: "indent"; readonly content: Document }
  /** A line break in a broken group, otherwise `flat`. */
  | { readonly kind: "line"; readonly flat: "" | " " }
  /** A line break in any case. */
  | { readonly kind: "hardline" }
  /** Only in a broken group. */
  | { readonly kind: "ifBroken"; readonly content: Document }
  /** Text with line breaks that are part of a value: printed without indentation. */
  | { readonly kind: "verbatim"; readonly text: string }
  /** Text that means nothing to JavaScript. */
  | { readonly kind: "typeOnly"; readonly text: string }
  /** A name that the text imports, from the schema builders unless it says from where. */
  | { readonly kind: "imported"; readonly name: string; readonly from?: string }
  /** The first that fits, looking as far as its first line break; the last one if none does. */
  | { readonly kind: "choice"; readonly options: readonly Document[] };

/** Text that stays on one line when it fits. */
export const group = (content: Document, isBroken = false): Document => ({ kind: "group", content, isBroken });
/** Text that is one step further to the right on its new lines. */
export const indent = (content: Document): Document => ({ kind: "indent", content });
/** A space or a line break. */
export const line: Document = { kind: "line", flat: " " };
/** Nothing or a line break. */
export const softline: Document = { kind: "line", flat: "" };
/** A line break. */
export const hardline: Document = { kind: "hardline" };
/** Text that is there only when the group is broken over lines, such as a trailing comma. */
export const ifBroken = (content: Document): Document => ({ kind: "ifBroken", content });
/** A builder of limbeck/schema; the revision has to import it. */
export const imported = (name: string): Document => ({ kind: "imported", name });

/** A function of somebody's own; the revision has to import it from a module. */
export const importedFrom = (name: string, from: string): Document => ({ kind: "imported", name, from });

/** The same for JavaScript. */
export function withoutTypes(document: Document): Document {
  if (typeof document === "string") return document;
  if (isList(document)) return document.map(withoutTypes);
  if (document.kind === "typeOnly") return "";
  if (document.kind === "choice") return { ...document, options: document.options.map(withoutTypes) };
  return "content" in document ? { ...document, content: withoutTypes(document.content) } : document;
}

/** Documents with something in between. */
export function join(separator: Document, documents: readonly Document[]): readonly Document[] {
  return documents.flatMap((document, index) => (index === 0 ? [document] : [separator, document]));
}

/** Whether a document can't be on one line. */
export function mustBreak(document: Document): boolean {
  if (typeof document === "string") return false;
  if (isList(document)) return document.some(mustBreak);
  if (document.kind === "hardline") return true;
  if (document.kind === "verbatim") return document.text.includes("\n");
  if (document.kind === "choice") return document.options.every(mustBreak);
  if (document.kind === "group" && document.isBroken) return true;
  // What stands only in a broken group does not break it.
  return document.kind !== "ifBroken" && "content" in document && mustBreak(document.content);
}

/** Whether a document is a sequence; `Array.isArray` does not narrow readonly arrays. */
export function isList(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}

function visitImports(document: Document, use: (name: string, from: string | undefined) => void): void {
  if (typeof document === "string") return;
  if (isList(document)) for (const part of document) visitImports(part, use);
  else if (document.kind === "imported") use(document.name, document.from);
  else if (document.kind === "choice") visitImports(document.options[0] ?? "", use);
  else if ("content" in document) visitImports(document.content, use);
}

/** The names that a document needs from the schema builders, sorted. */
export function listImports(document: Document): readonly string[] {
  const names = new Set<string>();
  visitImports(document, (name, from) => {
    if (from === undefined) names.add(name);
  });
  return [...names].toSorted();
}

/** The names that it needs from other modules, by these. */
export function listModuleImports(document: Document): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  visitImports(document, (name, from) => {
    const known = from === undefined ? undefined : (names.get(from) ?? []);
    if (from !== undefined && known && !known.includes(name)) names.set(from, [...known, name].toSorted());
  });
  return names;
}
