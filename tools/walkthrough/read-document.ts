/** One thing that a reader of a document does, or sees. */
export type Step =
  /** A command line, with what it prints. */
  | { readonly kind: "run"; readonly line: number; readonly command: string; readonly output: readonly string[] }
  /** A file that the reader writes. */
  | { readonly kind: "write"; readonly line: number; readonly path: string; readonly text: string }
  /** A file that a command wrote, as it looks. */
  | { readonly kind: "show"; readonly line: number; readonly path: string; readonly text: string }
  /** A part of a file that is there. */
  | { readonly kind: "excerpt"; readonly line: number; readonly path: string; readonly text: string }
  /** Lines of a file that give way to others. */
  | {
      readonly kind: "change";
      readonly line: number;
      readonly path: string;
      readonly from: string;
      readonly to: string;
    }
  /** The two functions of a revision. */
  | { readonly kind: "pattern"; readonly line: number; readonly text: string };

/** A block of a Markdown document. */
export interface Block {
  readonly language: string;
  /** Of the first line inside; lines count from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** A document that can be followed step by step. */
export interface Document {
  /** For messages. */
  readonly name: string;
  readonly steps: readonly Step[];
}

const FENCE = /^```(\w*)$/;

/**
 * `// app/models.ts` for a file to write, `// migrations/versions/2026_11_22_001_initial.ts (generated)` for what a command wrote, and
 * `// app/models.ts (excerpt)` for a part of what is there.
 */
const FILE_NAME = /^(?:\/\/|--|#) (?<path>[\w./-]+)(?: \((?<role>generated|excerpt)\))?$/;

const FILE_LANGUAGES: ReadonlySet<string> = new Set(["ts", "json", "sql", "make", "yaml"]);

const PATTERN = /^export async function upgrade\(/;

const KINDS = { generated: "show", excerpt: "excerpt" } as const;

/**
 * Reads the blocks of a Markdown document.
 *
 * @throws Error when the last block is still open at the end
 */
export function readBlocks(name: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const fence = FENCE.exec(text);
    if (!fence) open?.lines.push(text);
    else if (open) {
      blocks.push(open);
      open = undefined;
    } else open = { language: fence[1] ?? "", line: index + 2, lines: [] };
  }
  if (open) throw new Error(`${name}:${open.line}: the block has no end.`);
  return blocks;
}

function readSession({ line, lines }: Block, name: string): readonly Step[] {
  const steps: { readonly kind: "run"; readonly line: number; readonly command: string; readonly output: string[] }[] =
    [];
  for (const [index, text] of lines.entries()) {
    if (text.startsWith("$ ")) steps.push({ kind: "run", line: line + index, command: text.slice(2), output: [] });
    else if (steps.length > 0) steps.at(-1)?.output.push(text);
    else throw new Error(`${name}:${line}: a console block begins with a command.`);
  }
  return steps;
}

function readFileBlock({ language, line, lines }: Block, name: string): Step {
  if (PATTERN.test(lines[0] ?? "")) return { kind: "pattern", line, text: `${lines.join("\n")}\n` };
  const { path, role } = FILE_NAME.exec(lines[0] ?? "")?.groups ?? {};
  if (path === undefined) throw new Error(`${name}:${line}: a ${language} block begins with the path of its file.`);
  // The first line is for the reader of the document: JSON knows no comments, and a revision begins with its own.
  const text = `${lines.slice(1).join("\n")}\n`;
  return { kind: role === "generated" || role === "excerpt" ? KINDS[role] : "write", line, path, text };
}

/** @throws Error when the block does not begin with the path of its file */
function readChange({ line, lines: [title = "", ...lines] }: Block, name: string): Step {
  const path = FILE_NAME.exec(title)?.groups?.["path"];
  if (path === undefined) throw new Error(`${name}:${line}: a diff block begins with the path of its file.`);
  const keep = (signs: RegExp): string =>
    lines
      .filter((text) => signs.test(text))
      .map((text) => text.slice(1))
      .join("\n");
  return { kind: "change", line, path, from: keep(/^[ -]/), to: keep(/^[ +]/) };
}

/**
 * Reads what a Markdown document asks its reader to do. `console` blocks are commands, behind `$ `, with their output; `ts`, `json`, `sql`, `make` and `yaml`
 * blocks are files, or parts of them; a `ts` block that begins with `upgrade` holds the functions of a revision, and a `diff` block changes a file. Blocks in other languages are for the eye only.
 *
 * @throws Error when a console block begins without a command, a file has no name or a block no end
 */
export function readDocument(name: string, markdown: string): Document {
  const steps = readBlocks(name, markdown).flatMap((block): readonly Step[] => {
    if (block.language === "console") return readSession(block, name);
    if (block.language === "diff") return [readChange(block, name)];
    return FILE_LANGUAGES.has(block.language) ? [readFileBlock(block, name)] : [];
  });
  return { name, steps };
}
