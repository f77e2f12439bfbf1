import type { Row } from "../../../dialect/connection.ts";
import type { ReplicaChoice, ReplicaRules, ReplicaState } from "../../../dialect/replica-watch.ts";
import { compareVersions } from "../../../dialect/compare-versions.ts";
import { findCapabilities } from "../capabilities.ts";
import { describeDatabaseError, ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import { readTarget } from "../driver/parse-url.ts";

/** How a replica is asked, and what a user needs who asks. */
interface Question {
  readonly sql: string;
  readonly right: string;
}

/** https://mariadb.com/kb/en/show-replica-status/ https://dev.mysql.com/doc/refman/8.4/en/show-replica-status.html */
function chooseQuestion(serverVersion: string): Question {
  if (findCapabilities(serverVersion).product === "MariaDB") {
    return { sql: "SHOW ALL SLAVES STATUS", right: "REPLICA MONITOR" };
  }
  const isNew = compareVersions(serverVersion, "8.0.22") >= 0;
  return { sql: isNew ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS", right: "REPLICATION CLIENT" };
}

/** Drivers give numbers as numbers or as texts; NULL is what a server says that does not replicate. */
function readSeconds(row: Row): number | undefined {
  const value = row["Seconds_Behind_Master"] ?? row["Seconds_Behind_Source"];
  return value === null || value === undefined ? undefined : Number(value);
}

/** The last of its errors, where it stopped for one. */
function describeStop(row: Row): string {
  const words = ["Last_SQL_Error", "Last_IO_Error"].map((column) => row[column]);
  const error = words.find((text): text is string => typeof text === "string" && text !== "");
  return `its replication has stopped${error === undefined ? "" : `: ${error}`}`;
}

/** A server may copy several others; the slowest copy counts. */
function judge(replica: string, rows: readonly Row[]): ReplicaState {
  const stopped = rows.find((row) => readSeconds(row) === undefined);
  if (stopped) return { kind: "stopped", replica, problem: describeStop(stopped) };
  if (rows.length === 0) return { kind: "unreachable", replica, problem: "it is a replica of no server" };
  return { kind: "follows", replica, seconds: Math.max(...rows.map((row) => readSeconds(row) ?? 0)) };
}

/** Host and port, without user and password. */
function nameReplica(url: string): string {
  const { host, port, socket } = readTarget(url);
  return socket ?? `${host}:${port}`;
}

/** Asks a replica, in a session that is closed again at once: what is left open would count as the revision's doing. */
async function readState(url: string, { connect }: ReplicaChoice): Promise<ReplicaState> {
  const replica = nameReplica(url);
  try {
    const connection = await connect(url);
    const { sql, right } = chooseQuestion(connection.serverVersion);
    try {
      return judge(replica, await connection.query(sql));
    } catch (error) {
      if (findErrorNumber(error) !== ERROR_NUMBERS.specificAccessDenied) throw error;
      const { user = "root" } = readTarget(url);
      return { kind: "hidden", replica, grant: `GRANT ${right} ON *.* TO '${user}';` };
    } finally {
      await connection.close();
    }
  } catch (error) {
    return { kind: "unreachable", replica, problem: describeDatabaseError(error) };
  }
}

/** The server that is copied does not know how far its replicas are, so that they are asked themselves. */
export const REPLICAS: ReplicaRules = {
  howToBeFound: "name their URLs as `replicas` in the config",
  watch: (_connection, choice) => ({
    read: () => Promise.all((choice.replicas ?? []).map((url) => readState(url, choice))),
  }),
};
