const SECRET_NAME = /password|passwd|pwd|secret|token|key/i;

/** What a line of code is made of, as far as it matters here. An apostrophe in a word of a comment begins no text. */
const TOKEN = /(?<!\w)(?<mark>["'`])(?<body>(?:\\.|(?!\k<mark>)[^\\])*)\k<mark>|[\w$]+|[^]/g;

/**
 * A line of TypeScript without the texts that follow a name such as `password`, as long as it was.
 *
 * @example
 * maskLiterals(`connection: { password: "secret" }`); // connection: { password: "******" }
 */
export function maskLiterals(line: string): string {
  let name = "";
  let isSecret = false;
  // A text that does not end in this line.
  let isOpen = false;
  return line.replaceAll(TOKEN, (token: string, mark: string | undefined, body: string | undefined) => {
    if (isOpen) return "*".repeat(token.length);
    if (mark !== undefined && body !== undefined) {
      if (isSecret) return mark + "*".repeat(body.length) + mark;
      name = body;
    } else if (/^[\w$]/.test(token)) {
      name = token;
    } else if (token === ":" || token === "=") {
      isSecret ||= SECRET_NAME.test(name);
    } else if (token === "," || token === ";" || token === "}") {
      isSecret = false;
    } else if (/["'`]/.test(token)) {
      isOpen = isSecret;
    }
    return token;
  });
}
