const CODE_INDENT = " ".repeat(4);

function wrapLine(line: string, width: number): readonly string[] {
  // What fits stays as it is, because code and tables are aligned by spaces; what is indented far is code.
  if (line.length <= width || line.startsWith(CODE_INDENT)) return [line.trimEnd()];
  // A line that is indented keeps its indentation when it goes on below.
  const indentation = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().split(/ +/)) {
    if (current !== "" && indentation.length + current.length + 1 + word.length > width) {
      lines.push(indentation + current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, indentation + current].map((text) => text.trimEnd());
}

/**
 * Breaks text at spaces so that no line is longer than a width, words alone excepted, and lines that are indented by
 * four spaces, which are code. Line breaks stay.
 *
 * @param indent put before every line; it counts
 */
export function wrapText(text: string, width: number, indent = ""): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width - indent.length))
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}

/** Wraps text behind a sign, with the lines below the first one standing under its text. */
export function wrapBehind(sign: string, text: string, width: number): string {
  const indent = " ".repeat(sign.length + 1);
  return `${sign} ${wrapText(text, width, indent).slice(indent.length)}`;
}
