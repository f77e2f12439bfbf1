import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { reachErrors } from "../../../../kernel/errors/reach-errors.ts";
import { isSocketFolder, isThisMachine, type SslMode, type TlsSettings } from "./server-settings.ts";

/** A setting by its parameter in the URL, or else its variable. */
type PickSetting = (parameter: string, variable: string) => string | undefined;

const MODES: readonly SslMode[] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/** The words of other drivers: of `pg`, and of JDBC. */
const SYNONYMS: ReadonlyMap<string, SslMode> = new Map([
  ["no-verify", "require"],
  ["true", "require"],
  ["false", "disable"],
]);

function chooseOne<Value extends string>(setting: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw reachErrors.settingUnusable({ setting, problem: `"${text}" is not one of ${values.join(", ")}` });
}

/** Unlike libpq, none is asked for on this machine unless it is said: a handshake takes longer than most statements. */
function findMode(host: string, pick: PickSetting): SslMode {
  if (isSocketFolder(host)) return "disable";
  const text = pick("sslmode", "PGSSLMODE") ?? pick("ssl", "");
  const usual = isThisMachine(host) ? "disable" : "prefer";
  const system = pick("sslrootcert", "PGSSLROOTCERT") === "system";
  if (text === undefined) return system ? "verify-full" : usual;
  return SYNONYMS.get(text) ?? chooseOne("sslmode", text, MODES);
}

function readNamed(setting: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw reachErrors.settingFileUnreadable({ setting, path, message }, error);
  }
}

/**
 * How the way to a server is encrypted.
 *
 * @throws ConnectionError (settingUnusable, settingFileUnreadable)
 */
export function resolveTls(
  host: string,
  pick: PickSetting,
  env: Readonly<Record<string, string | undefined>>,
): TlsSettings {
  const wanted = findMode(host, pick);
  const readPem = (parameter: string, variable: string, usualName: string): string | undefined => {
    if (wanted === "disable") return undefined;
    const named = pick(parameter, variable);
    if (named !== undefined) return named === "system" ? undefined : readNamed(parameter, named);
    const usual = join(env["HOME"] ?? homedir(), ".postgresql", usualName);
    return existsSync(usual) ? readNamed(parameter, usual) : undefined;
  };
  const ca = readPem("sslrootcert", "PGSSLROOTCERT", "root.crt");
  return {
    // As with libpq: who names the authority wants its word.
    mode: wanted === "require" && ca !== undefined ? "verify-ca" : wanted,
    isDirect:
      chooseOne("sslnegotiation", pick("sslnegotiation", "PGSSLNEGOTIATION") ?? "postgres", ["postgres", "direct"]) ===
      "direct",
    ca,
    cert: readPem("sslcert", "PGSSLCERT", "postgresql.crt"),
    key: readPem("sslkey", "PGSSLKEY", "postgresql.key"),
    passphrase: pick("sslpassword", ""),
    channelBinding: chooseOne("channel_binding", pick("channel_binding", "PGCHANNELBINDING") ?? "disable", [
      "disable",
      "prefer",
      "require",
    ]),
  };
}
