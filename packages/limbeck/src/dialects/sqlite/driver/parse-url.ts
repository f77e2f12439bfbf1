import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/** URL schemes that lead to a SQLite database. */
export const SQLITE_SCHEMES: readonly string[] = ["sqlite", "file"];

/** The name that SQLite gives to a database without a file. https://www.sqlite.org/inmemorydb.html */
export const IN_MEMORY: string = ":memory:";

const EXAMPLE = "sqlite:todo.db";

/**
 * The path behind a database URL, or {@link IN_MEMORY}.
 *
 * Everything behind the scheme, and behind `//` if that follows, is the path: `sqlite:todo.db` and `sqlite://todo.db` count from
 * the current folder, `sqlite:/data/todo.db`, `sqlite:///data/todo.db` and `file:///data/todo.db` from the root. To SQLAlchemy, three
 * slashes are relative and four are absolute; so `sqlite:///todo.db` is refused, which would put a database right into the root. The path is percent-decoded. There are no parameters.
 *
 * @throws ConnectionError (malformedUrl, unknownUrlParameter)
 */
export function parseUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url);
  const scheme = match?.[1]?.toLowerCase() ?? "";
  if (!SQLITE_SCHEMES.includes(scheme)) throw malformed(url, `it does not begin with ${SQLITE_SCHEMES.join(": or ")}:`);
  const rest = match?.[2] ?? "";
  const question = rest.indexOf("?");
  if (question !== -1) refuseParameters(rest.slice(question + 1));
  if (scheme === "sqlite") refuseRoot(url, rest);
  const path = decode(url, question === -1 ? rest : rest.slice(0, question));
  if (path === "" || path.includes("\0")) throw malformed(url, "it names no file");
  return path;
}

/** As root, in a container for example, one may even write there, and nobody would ever look for the file in that place. */
function refuseRoot(url: string, rest: string): void {
  const name = /^\/\/\/([^/\\?]+)(\?|$)/.exec(rest)?.[1];
  if (name === undefined) return;
  const problem =
    `with three slashes it would lie in the root of the disk; write sqlite:${name} to count from the current folder, ` +
    `or sqlite:/${name} if the root is meant`;
  throw malformed(url, problem);
}

function decode(url: string, rest: string): string {
  // file:///C:/data is how a path with a drive is written.
  const path = rest.replace(/^\/\//, "").replace(/^\/(?=[A-Za-z]:[/\\])/, "");
  try {
    return decodeURIComponent(path);
  } catch {
    throw malformed(url, "a per cent sign in a path is written as %25");
  }
}

function refuseParameters(query: string): void {
  const [parameter = ""] = new URLSearchParams(query).keys();
  if (parameter !== "") throw connectionErrors.unknownUrlParameter({ parameter, example: EXAMPLE });
}

function malformed(url: string, problem: string): Error {
  return connectionErrors.malformedUrl({ url, problem, example: EXAMPLE });
}
