import { userInfo } from "node:os";
import { reachErrors } from "../../../../kernel/errors/reach-errors.ts";
import { quoteIdentifier } from "../../quote.ts";
import { readUrl, type UrlContents } from "../parse-url.ts";
import { checkParameters } from "./check-parameters.ts";
import { readPassfile } from "./read-passfile.ts";
import { resolveTls } from "./resolve-tls.ts";
import type { ServerSettings } from "./server-settings.ts";

/** The variables of an environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What fills in what a URL leaves out. */
export interface Surroundings {
  readonly env: Variables;
  /** Where the config says the password comes from. */
  readonly readPassword?: (() => Promise<string>) | undefined;
}

/** How long a server may take to answer at all, in seconds. libpq waits for ever. */
const CONNECT_TIMEOUT = "15";

function readNumber(setting: string, text: string, largest: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= largest) return number;
  throw reachErrors.settingUnusable({ setting, problem: `"${text}" is not a whole number up to ${largest}` });
}

function findSystemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return "";
  }
}

function requireOneHost(host: string): string {
  if (!host.includes(",")) return host;
  throw reachErrors.settingUnusable({ setting: "host", problem: "several servers are named, where one is meant" });
}

/** In the order of libpq, with the config before the variables: its password is more particular than theirs. */
async function findPassword(
  { password }: UrlContents,
  place: Pick<ServerSettings, "host" | "port" | "user" | "database">,
  { env, readPassword, passfile }: Surroundings & { readonly passfile: string | undefined },
): Promise<string> {
  return password ?? (await readPassword?.()) ?? (env["PGPASSWORD"] || readPassfile(place, { env, passfile }));
}

/** Options of the session; the schema that Prisma names in a URL is where names are looked up. https://www.prisma.io/docs/orm/overview/databases/postgresql */
function findOptions(options: string | undefined, schema: string | undefined): string | undefined {
  if (schema === undefined) return options;
  // In a line of options a backslash keeps what follows it from ending the word.
  const path = quoteIdentifier(schema).replaceAll(/[\\\s]/g, String.raw`\$&`);
  return [options, `-c search_path=${path}`].filter((one) => one !== undefined).join(" ");
}

/**
 * Everything that a session with the server of a URL takes: what the URL says, then what the variables of libpq say, then what is usual. A password is looked
 * for when it is asked for. https://www.postgresql.org/docs/current/libpq-envars.html
 *
 * @throws ConnectionError (malformedUrl, unknownUrlParameter, settingUnusable, settingFileUnreadable)
 */
export function resolveSettings(url: string, { env, readPassword }: Surroundings): ServerSettings {
  const contents = readUrl(url);
  checkParameters(contents.parameters);
  const pick = (parameter: string, variable: string): string | undefined =>
    contents.parameters.get(parameter) ?? (env[variable] || undefined);
  const host = requireOneHost(contents.host ?? (env["PGHOST"] || "localhost"));
  const user = contents.user ?? (env["PGUSER"] || findSystemUser());
  const place = {
    host,
    port: readNumber("port", contents.port ?? (env["PGPORT"] || "5432"), 65_535),
    user,
    database: contents.database ?? (env["PGDATABASE"] || user),
  };
  const passfile = pick("passfile", "PGPASSFILE");
  return {
    ...place,
    readPassword: () => findPassword(contents, place, { env, readPassword, passfile }),
    applicationName:
      pick("application_name", "PGAPPNAME") ?? contents.parameters.get("fallback_application_name") ?? "limbeck",
    connectTimeout:
      readNumber("connect_timeout", pick("connect_timeout", "PGCONNECT_TIMEOUT") ?? CONNECT_TIMEOUT, 86_400) * 1000,
    options: findOptions(pick("options", "PGOPTIONS"), contents.parameters.get("schema")),
    tls: resolveTls(host, pick, env),
  };
}
