import { isList, mustBreak, type Document } from "./document.ts";

/** The columns of a line in generated files. */
export const FILE_WIDTH = 100;

const STEP = "  ";

/** A piece that is still to be printed, and how. */
interface Task {
  readonly document: Document;
  readonly indentation: string;
  /** Whether the group it stands in is on one line. */
  readonly isFlat: boolean;
}

/** What a document consists of at its top, in the order it is printed. */
function unfold({ document, indentation, isFlat }: Task): readonly Task[] | undefined {
  if (typeof document === "string") return undefined;
  if (isList(document)) return document.map((part) => ({ document: part, indentation, isFlat }));
  if (document.kind === "indent") return [{ document: document.content, indentation: indentation + STEP, isFlat }];
  if (document.kind === "ifBroken") return isFlat ? [] : [{ document: document.content, indentation, isFlat }];
  return undefined;
}

/** How a group or a choice looks where nobody has chosen yet: only as far as the next line break matters. */
function foresee({ document, indentation, isFlat }: Task): readonly Task[] | undefined {
  if (typeof document === "string" || isList(document)) return undefined;
  if (document.kind === "group") {
    return [{ document: document.content, indentation, isFlat: isFlat && !document.isBroken }];
  }
  if (document.kind !== "choice") return undefined;
  return [{ document: (isFlat ? document.options[0] : document.options.at(-1)) ?? "", indentation, isFlat }];
}

/** The text of a piece without parts; null where the line ends. */
function textOf(document: Document, isFlat: boolean): string | null | undefined {
  if (typeof document === "string") return document;
  if (isList(document)) return undefined;
  if (document.kind === "imported") return document.name;
  if (document.kind === "verbatim" || document.kind === "typeOnly") return document.text;
  if (document.kind === "line") return isFlat ? document.flat : null;
  return document.kind === "hardline" ? null : undefined;
}

/** Whether everything up to the next line break fits into what is left of the line. */
function fits(first: Task, rest: readonly Task[], width: number): boolean {
  const tasks = [first];
  let left = width;
  for (let next = rest.length; left >= 0;) {
    const task = tasks.pop() ?? rest[(next -= 1)];
    if (!task) return true;
    const parts = unfold(task) ?? foresee(task);
    if (parts) {
      tasks.push(...parts.toReversed());
      continue;
    }
    const text = textOf(task.document, task.isFlat);
    if (text === null || text === undefined) return true;
    const end = text.indexOf("\n");
    if (end !== -1) return end <= left;
    left -= text.length;
  }
  return false;
}

/**
 * Prints a document, breaking it where a line would get too long.
 *
 * @param width the columns of a line; only a name or text that can't be broken goes beyond
 */
export function printDocument(document: Document, width: number): string {
  let output = "";
  let column = 0;
  const tasks: Task[] = [{ document, indentation: "", isFlat: false }];
  const write = (text: string): void => {
    output += text;
    const end = text.lastIndexOf("\n");
    column = end === -1 ? column + text.length : text.length - end - 1;
  };
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const { indentation, isFlat } = task;
    const parts = unfold(task) ?? choose(task, tasks, width - column);
    if (parts) {
      tasks.push(...parts.toReversed());
      continue;
    }
    const text = textOf(task.document, isFlat);
    if (text === null) {
      write(`\n${indentation}`);
    } else if (text !== undefined) {
      write(text);
    }
  }
  return output;
}

/** How a group or a choice is printed, given what is left of the line. */
function choose(
  { document, indentation, isFlat }: Task,
  rest: readonly Task[],
  width: number,
): readonly Task[] | undefined {
  if (typeof document === "string" || isList(document)) return undefined;
  if (document.kind === "group") {
    const flat: Task = { document: document.content, indentation, isFlat: true };
    // In what is on one line otherwise, a group that must not be is still broken: the opened last argument of a call.
    const staysFlat = isFlat ? !document.isBroken : !mustBreak(document) && fits(flat, rest, width);
    return [{ ...flat, isFlat: staysFlat }];
  }
  if (document.kind !== "choice") return undefined;
  const [first = "", ...others] = document.options;
  const flat: Task = { document: first, indentation, isFlat: true };
  if (isFlat || (!mustBreak(first) && fits(flat, rest, width))) return [flat];
  const fitting = others
    .slice(0, -1)
    .map((option): Task => ({ document: option, indentation, isFlat: true }))
    .find((option) => fits(option, rest, width));
  return [fitting ?? { document: others.at(-1) ?? first, indentation, isFlat: false }];
}
