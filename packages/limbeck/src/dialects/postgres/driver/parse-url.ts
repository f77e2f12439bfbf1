import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/** URL schemes that lead here. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS */
export const POSTGRES_SCHEMES: readonly string[] = ["postgres", "postgresql"];

const EXAMPLE = "postgres://user@localhost:5432/app";

const URL_PARTS =
  /^(?<scheme>postgres(?:ql)?:\/\/)(?:(?<login>[^@/?]*)@)?(?<place>[^/?]*)(?:\/(?<database>[^?]*))?(?<query>\?.*)?$/is;

/** The parts of a URL as written, with what separates them left out. */
interface UrlParts {
  readonly scheme: string;
  readonly login: string | undefined;
  /** Host and port; empty where a parameter names a socket. */
  readonly place: string;
  readonly database: string;
  /** From the question mark on. */
  readonly query: string;
}

/** Never shown as it is: what stands in the wrong place may be a password. */
const hideRest = (url: string): string => url.replace(/:.*$/s, ":...");

function splitUrl(url: string): UrlParts {
  const groups = URL_PARTS.exec(url)?.groups;
  if (!groups) {
    const problem = "what follows the scheme cannot be read";
    throw connectionErrors.malformedUrl({ url: hideRest(url), problem, example: EXAMPLE });
  }
  const { scheme = "", login, place = "", database = "", query = "" } = groups;
  return { scheme, login, place, database, query };
}

function joinUrl({ scheme, login, place, database, query }: UrlParts): string {
  return `${scheme}${login === undefined ? "" : `${login}@`}${place}/${database}${query}`;
}

/**
 * The URL with passwords replaced, in the login and in the parameters.
 *
 * @example
 * redactUrl("postgres://me:secret@localhost/app"); // postgres://me:***@localhost/app
 */
export function redactUrl(url: string): string {
  const parts = splitUrl(url);
  return joinUrl({
    ...parts,
    login: parts.login?.replace(/:.*$/s, ":***"),
    query: parts.query.replaceAll(/([?&](?:ssl)?password=)[^&]*/gi, "$1***"),
  });
}

/** The URL of another database of the same server. */
export function changeDatabase(url: string, database: string): string {
  return joinUrl({ ...splitUrl(url), database: encodeURIComponent(database) });
}

/** Where a URL leads, for messages and the commands in them. */
export interface UrlPlace {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly user: string | undefined;
  readonly database: string | undefined;
}

const decode = (text: string | undefined): string | undefined =>
  text === undefined || text === "" ? undefined : decodeURIComponent(text);

/** @throws ConnectionError (malformedUrl) */
export function findPlace(url: string): UrlPlace {
  const { login, place, database, query } = splitUrl(url);
  const parameters = new URLSearchParams(query);
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place) ?? [];
  return {
    host: parameters.get("host") ?? decode(host),
    port: parameters.get("port") ?? decode(port),
    user: parameters.get("user") ?? decode(login?.replace(/:.*$/s, "")),
    database: decode(database),
  };
}

/** The options with which the server's own programs reach the same server, for fixes. */
export function renderClientOptions({ host, port, user }: UrlPlace): string {
  const options = [host && `-h ${host}`, port && `-p ${port}`, user && `-U ${user}`].filter((option) => option);
  return options.map((option) => ` ${option}`).join("");
}

/** @throws ConnectionError (malformedUrl) */
export function checkUrl(url: string): string {
  splitUrl(url);
  return url;
}
