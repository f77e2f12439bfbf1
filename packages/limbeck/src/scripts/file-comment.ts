/** What the comment at the beginning of a revision file says. */
export interface FileComment {
  /** Its first paragraph, on one line. */
  readonly message: string;
  /** All of it, line breaks kept. */
  readonly text: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Comments that speak to tools and not to people. */
const DIRECTIVE =
  /^(?:@ts-|@format|@prettier|@jest|eslint|oxlint|oxfmt|biome|prettier|tslint|globals?\s|istanbul|c8|v8|#|\/\s*<)/;

function stripBlock(comment: string): string {
  const lines = comment
    .replace(/^\/\*\*?/, "")
    .replace(/\*\/$/, "")
    .split(/\r?\n/);
  return lines
    .map((line) => line.replace(/^\s*\*? ?/, ""))
    .join("\n")
    .replaceAll("*\\/", "*/");
}

/** Those that tools read in a comment for documentation as well. */
const TAG = /^@(?:ts-|format|prettier|jest)/;

/** Whether a comment speaks to tools; `begin` is how it begins. */
const isDirective = (content: string, begin: string): boolean => (begin === "/**" ? TAG : DIRECTIVE).test(content);

/** The `//` comments that stand on consecutive lines, as one text, and how many they are. */
function joinLines(
  text: string,
  comments: readonly Span[],
  from: number,
): { readonly text: string; readonly count: number } {
  const lines: string[] = [];
  let end: number | undefined;
  for (const span of comments.slice(from)) {
    const isAdjacent = end === undefined || /^\r?\n[ \t]*$/.test(text.slice(end, span.start));
    const line = text.slice(span.start, span.end).trimEnd();
    if (!line.startsWith("//") || !isAdjacent || DIRECTIVE.test(line.slice(2).trim())) break;
    lines.push(line.replace(/^\/\/+ ?/, ""));
    end = span.end;
  }
  return { text: lines.join("\n"), count: lines.length };
}

/** The first comment among some that is meant for people. */
export function readComment(text: string, comments: readonly Span[]): FileComment | undefined {
  for (let index = 0; index < comments.length;) {
    const span = comments[index];
    if (span === undefined) break;
    const comment = text.slice(span.start, span.end);
    const lines = comment.startsWith("//") ? joinLines(text, comments, index) : { text: stripBlock(comment), count: 1 };
    index += Math.max(1, lines.count);
    const content = lines.text.trim();
    if (content === "" || isDirective(content, comment.slice(0, 3))) continue;
    const paragraph = content.split(/\n\s*\n/, 1)[0] ?? "";
    return {
      message: paragraph
        .split("\n")
        .map((line) => line.trim())
        .join(" "),
      text: content,
    };
  }
  return undefined;
}
