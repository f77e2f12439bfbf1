import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import { reachErrors } from "../../../../kernel/errors/reach-errors.ts";

const EXAMPLE = "postgres://user@localhost:5432/app?sslmode=verify-full";

/** The parameters that are used. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS */
const USED: ReadonlySet<string> = new Set([
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "passfile",
  "application_name",
  "fallback_application_name",
  "connect_timeout",
  "options",
  // Of Prisma: where names are looked up.
  "schema",
  "sslmode",
  "ssl",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "sslnegotiation",
  "channel_binding",
]);

/** Parameters that ask for what is so anyway, with the values that do. */
const GRANTED: ReadonlyMap<string, RegExp> = new Map([
  ["client_encoding", /^(?:auto|utf-?8|unicode)$/i],
  ["gssencmode", /^(?:disable|prefer)$/],
  ["target_session_attrs", /^any$/],
  ["load_balance_hosts", /^disable$/],
  ["sslcompression", /^0$/],
  ["sslsni", /^1$/],
  // Of `pg`: asks for the meaning of sslmode that it has here.
  ["uselibpqcompat", /^true$/],
  // Of Prisma: about a pool, which a run has none of.
  ["connection_limit", /^\d+$/],
  ["pool_timeout", /^\d+$/],
  ["keepalives", /^1$/],
  // How often a silent connection is looked after changes nothing of what a run does.
  ["keepalives_idle", /^\d+$/],
  ["keepalives_interval", /^\d+$/],
  ["keepalives_count", /^\d+$/],
  ["tcp_user_timeout", /^\d+$/],
]);

/**
 * Refuses what would be passed over in silence, as libpq does.
 *
 * @throws ConnectionError (unknownUrlParameter, settingUnusable)
 */
export function checkParameters(parameters: ReadonlyMap<string, string>): void {
  for (const [name, value] of parameters) {
    if (USED.has(name)) continue;
    const granted = GRANTED.get(name);
    if (granted?.test(value)) continue;
    if (granted) throw reachErrors.settingUnusable({ setting: name, problem: `"${value}" cannot be had` });
    // What stands in the wrong place may be a part of a password.
    const parameter = /^[a-z_]{1,40}$/i.test(name) ? name : "...";
    throw connectionErrors.unknownUrlParameter({ parameter, example: EXAMPLE });
  }
}
