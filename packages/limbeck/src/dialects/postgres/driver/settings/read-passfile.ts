import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { reachErrors } from "../../../../kernel/errors/reach-errors.ts";
import { isSocketFolder, type ServerSettings } from "./server-settings.ts";

type Place = Pick<ServerSettings, "host" | "port" | "user" | "database">;

interface PassfileSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that is named; undefined for the usual one. */
  readonly passfile: string | undefined;
}

/** The folder of libpq's files on a system is the home, or a folder of its own in that of programs' data. */
function findUsualFile(env: PassfileSearch["env"]): string {
  const data = env["APPDATA"];
  return data === undefined ? join(env["HOME"] ?? homedir(), ".pgpass") : join(data, "postgresql", "pgpass.conf");
}

/** The fields of a line; a backslash takes the meaning from the colon or backslash behind it. */
function splitLine(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|:)((?:\\.|[^:\\])*)/g)].map(([, field = ""]) => field.replaceAll(/\\(.)/g, "$1"));
}

const matches = (field: string | undefined, value: string): boolean => field === "*" || field === value;

function findLine(text: string, { host, port, user, database }: Place): string | undefined {
  const name = isSocketFolder(host) ? "localhost" : host;
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) continue;
    const [ownHost, ownPort, ownDatabase, ownUser, password] = splitLine(line);
    const isHost = matches(ownHost, name) || matches(ownHost, host);
    if (isHost && matches(ownPort, String(port)) && matches(ownDatabase, database) && matches(ownUser, user)) {
      return password;
    }
  }
  return undefined;
}

/**
 * The password for a place in a password file; empty where there is no file or no line for it. https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * @throws ConnectionError (passfileOpen) when others may read the file too, which libpq then passes over
 */
export function readPassfile(place: Place, { env, passfile }: PassfileSearch): string {
  const path = passfile ?? findUsualFile(env);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return "";
  const isOpenToOthers = env["APPDATA"] === undefined && (stats.mode & 0o077) !== 0;
  const password = findLine(readFileSync(path, "utf8"), place);
  if (password !== undefined && isOpenToOthers) throw reachErrors.passfileOpen({ path });
  return password ?? "";
}
