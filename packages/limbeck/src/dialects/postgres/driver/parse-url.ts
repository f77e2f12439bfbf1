import { quoteWord } from "../../../kernel/quote-word.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/** URL schemes that lead to a server. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS */
export const SERVER_SCHEMES: readonly string[] = ["postgres", "postgresql"];

const EXAMPLE = "postgres://user@localhost:5432/app";

const URL_PARTS =
  /^(?<scheme>postgres(?:ql)?:\/\/)(?:(?<login>[^@/?]*)@)?(?<host>\[[^\]@]*\]|[^:/?@[\]]*)(?::(?<port>\d*))?(?:\/(?<database>[^?@]*))?(?<query>\?.*)?$/is;

/** The parts of a URL as written, with what separates them left out. */
interface UrlParts {
  readonly scheme: string;
  readonly login: string | undefined;
  /** Empty where a parameter names a socket. */
  readonly host: string;
  readonly port: string | undefined;
  readonly database: string;
  /** From the question mark on. */
  readonly query: string;
}

/** Never shown as it is: what stands in the wrong place may be a password. */
const hideRest = (url: string): string => url.replace(/:.*$/s, ":...");

const malformed = (url: string, problem: string): Error =>
  connectionErrors.malformedUrl({ url: hideRest(url), problem, example: EXAMPLE });

function splitUrl(url: string): UrlParts {
  const groups = URL_PARTS.exec(url)?.groups;
  if (!groups) {
    // A @, / or ? in a password that is not encoded ends up in the host, where it would be shown.
    throw malformed(
      url,
      "what follows the scheme cannot be read; in a password, @ is written %40, / %2F, ? %3F and # %23",
    );
  }
  const { scheme = "", login, host = "", port, database = "", query = "" } = groups;
  return { scheme, login, host, port, database, query };
}

function joinUrl({ scheme, login, host, port, database, query }: UrlParts): string {
  const place = `${host}${port === undefined ? "" : `:${port}`}`;
  return `${scheme}${login === undefined ? "" : `${login}@`}${place}/${database}${query}`;
}

function decode(url: string, text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed(url, "a per cent sign is written as %25");
  }
}

const isSecret = (parameter: string): boolean => /password$/i.test(parameter);

function redactParameter(pair: string): string {
  const [name = ""] = new URLSearchParams(pair).keys();
  return isSecret(name) ? `${pair.replace(/=.*$/s, "")}=***` : pair;
}

/**
 * The URL with passwords replaced, in the login and in the parameters.
 *
 * @example
 * redactUrl("postgres://me:secret@localhost/app"); // postgres://me:***@localhost/app
 */
export function redactServerUrl(url: string): string {
  const parts = splitUrl(url);
  return joinUrl({
    ...parts,
    login: parts.login?.replace(/:.*$/s, ":***"),
    query: parts.query === "" ? "" : `?${parts.query.slice(1).split("&").map(redactParameter).join("&")}`,
  });
}

/** The URL of another database of the same server. */
export function changeDatabase(url: string, database: string): string {
  const parts = splitUrl(url);
  const pairs = parts.query.slice(1).split("&");
  const query = pairs.filter((pair) => pair !== "" && !/^dbname=/i.test(pair)).join("&");
  return joinUrl({ ...parts, database: encodeURIComponent(database), query: query === "" ? "" : `?${query}` });
}

/** What a URL says, decoded; what it leaves out is undefined. */
export interface UrlContents {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /** By name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The parameters behind the question mark; unlike in a form on the web, a plus sign is one. */
function readParameters(url: string, query: string): ReadonlyMap<string, string> {
  const pairs = query
    .slice(1)
    .split("&")
    .filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
      return [decode(url, name) ?? "", decode(url, value) ?? ""];
    }),
  );
}

/** @throws ConnectionError (malformedUrl) */
export function readUrl(url: string): UrlContents {
  const { login, host, port, database, query } = splitUrl(url);
  const parameters = readParameters(url, query);
  const [user, ...password] = login?.split(":") ?? [];
  const pick = (name: string, text: string | undefined): string | undefined =>
    parameters.get(name) ?? decode(url, text);
  return {
    host: pick("host", host.replace(/^\[(.*)\]$/, "$1")),
    port: pick("port", port),
    user: pick("user", user),
    password: pick("password", password.join(":")),
    database: pick("dbname", database),
    parameters,
  };
}

/** The options with which the server's own programs reach the same server, for fixes. */
export function renderClientOptions(url: string): string {
  const { host, port, user } = readUrl(url);
  const options = [host && `-h ${quoteWord(host)}`, port && `-p ${port}`, user && `-U ${quoteWord(user)}`].filter(
    (option) => option,
  );
  return options.map((option) => ` ${option}`).join("");
}

/** @throws ConnectionError (malformedUrl) */
export function checkServerUrl(url: string): string {
  readUrl(url);
  return url;
}
