import { readFileSync } from "node:fs";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { DriverTarget, TlsOptions } from "./driver.ts";

/** URL schemes that lead here. */
export const MYSQL_SCHEMES: readonly string[] = ["mysql", "mariadb"];

const EXAMPLE = "mysql://user@localhost:3306/app";
const DEFAULT_PORT = 3306;

const URL_PARTS =
  /^(?<scheme>(?:mysql|mariadb):\/\/)(?:(?<login>[^@/?]*)@)?(?<place>[^/?]*)(?:\/(?<database>[^?]*))?(?<query>\?.*)?$/is;

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

const refuse = (url: string, problem: string): Error =>
  connectionErrors.malformedUrl({ url: hideRest(url), problem, example: EXAMPLE });

function splitUrl(url: string): UrlParts {
  const groups = URL_PARTS.exec(url)?.groups;
  if (!groups) throw refuse(url, "what follows the scheme cannot be read");
  const { scheme = "", login, place = "", database = "", query = "" } = groups;
  // What stands before it is the rest of a password, which would be taken for the host, or the database, and shown.
  if (`${place}${database}`.includes("@")) throw refuse(url, "in a password, @ is written %40, / %2F, ? %3F and # %23");
  return { scheme, login, place, database, query };
}

function joinUrl({ scheme, login, place, database, query }: UrlParts): string {
  return `${scheme}${login === undefined ? "" : `${login}@`}${place}/${database}${query}`;
}

/**
 * The URL with passwords replaced, in the login and in the parameters.
 *
 * @example
 * redactUrl("mysql://me:secret@localhost/app"); // mysql://me:***@localhost/app
 */
export function redactUrl(url: string): string {
  const parts = splitUrl(url);
  return joinUrl({
    ...parts,
    login: parts.login?.replace(/:.*$/s, ":***"),
    query: parts.query.replaceAll(/([?&]password=)[^&]*/gi, "$1***"),
  });
}

/** The URL of another database of the same server. */
export function changeDatabase(url: string, database: string): string {
  return joinUrl({ ...splitUrl(url), database: encodeURIComponent(database) });
}

function decode(url: string, text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(url, "it has a per cent sign that begins no character; write it as %25");
  }
}

/** Parameters that say the same, in the words of several programs. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["socket", "socket"],
  ["socketpath", "socket"],
  ["unix_socket", "socket"],
  ["ssl-mode", "ssl-mode"],
  ["sslmode", "ssl-mode"],
  ["ssl-ca", "ssl-ca"],
  ["ssl-cert", "ssl-cert"],
  ["ssl-key", "ssl-key"],
]);

function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const known = ALIASES.get(name.toLowerCase());
    if (known === undefined)
      throw connectionErrors.unknownUrlParameter({ parameter: name, example: `${EXAMPLE}?ssl-mode=required` });
    parameters.set(known, value);
  }
  return parameters;
}

/** How far each mode of the vendors' clients goes. https://dev.mysql.com/doc/refman/8.0/en/connection-options.html#option_general_ssl-mode */
const TLS_MODES: ReadonlyMap<string, TlsOptions | undefined> = new Map([
  ["disabled", undefined],
  ["required", { rejectUnauthorized: false, verifyIdentity: false }],
  ["verify_ca", { rejectUnauthorized: true, verifyIdentity: false }],
  ["verify_identity", { rejectUnauthorized: true, verifyIdentity: true }],
]);

function readFile(url: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw refuse(url, `the file ${path} cannot be read`);
  }
}

function readTls(url: string, parameters: ReadonlyMap<string, string>): TlsOptions | undefined {
  const files = (["ca", "cert", "key"] as const).flatMap((name) => {
    const path = parameters.get(`ssl-${name}`);
    return path === undefined ? [] : [[name, path] as const];
  });
  // Whoever brings a certificate wants it to be used.
  const implied = files.some(([name]) => name === "ca") ? "verify_ca" : "required";
  const mode = (parameters.get("ssl-mode") ?? (files.length > 0 ? implied : "disabled"))
    .toLowerCase()
    .replace("-", "_");
  if (!TLS_MODES.has(mode)) throw refuse(url, `ssl-mode is one of ${[...TLS_MODES.keys()].join(", ")}`);
  const tls = TLS_MODES.get(mode);
  return tls && { ...tls, ...Object.fromEntries(files.map(([name, path]) => [name, readFile(url, path)])) };
}

/**
 * Where a URL leads.
 *
 * @throws ConnectionError (malformedUrl, unknownUrlParameter)
 */
export function readTarget(url: string): DriverTarget {
  const { login, place, database, query } = splitUrl(url);
  const [user, ...password] = (login ?? "").split(":");
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place) ?? [];
  if (host === undefined) throw refuse(url, "the port is not a number");
  const name = decode(url, database);
  if (name === undefined) throw refuse(url, "it names no database");
  const parameters = readParameters(query);
  return {
    host: decode(url, host.replaceAll(/^\[|\]$/g, "")) ?? "localhost",
    port: port === undefined ? DEFAULT_PORT : Number(port),
    socket: parameters.get("socket"),
    user: decode(url, user),
    password: login?.includes(":") ? (decode(url, password.join(":")) ?? "") : undefined,
    database: name,
    tls: readTls(url, parameters),
  };
}

/** The options with which the server's own programs reach the same server, for fixes; never with the password. */
export function renderClientOptions({ host, port, socket, user }: DriverTarget): string {
  const place = socket === undefined ? `-h ${host} -P ${port}` : `-S ${socket}`;
  return ` ${place}${user === undefined ? "" : ` -u ${user}`}`;
}

/** @throws ConnectionError (malformedUrl) */
export function checkUrl(url: string): string {
  splitUrl(url);
  return url;
}
