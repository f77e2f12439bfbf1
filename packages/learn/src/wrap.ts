/**
 * Breaks text at spaces.
 *
 * @param indent put before every line; it counts
 */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((one) => indent + one).join("\n");
}

/** Wraps text behind a sign, with the lines below the first one standing under its text. */
export function wrapBehind(sign: string, text: string, width: number): string {
  const indent = " ".repeat(sign.length + 1);
  return `${sign} ${wrap(text, width, indent).slice(indent.length)}`;
}
