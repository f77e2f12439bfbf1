import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SERVER_ENGINES, SERVER_KINDS, type ServerEngine } from "../engine.ts";
import { OWN_FOLDER } from "../progress.ts";
import { isOurs } from "./lab-server.ts";

/** A database that the exercises of a project have made on a server. */
export interface DatabaseRecord {
  readonly engine: ServerEngine;
  /** The server, for example `127.0.0.1:5432`; who goes there, and with which password, is not written down. */
  readonly server: string;
  readonly name: string;
  /** The project that has made it, absolute. */
  readonly folder: string;
}

/** The server that the environment names, however its URL is spelled; undefined where none is named. */
export function findServer(
  engine: ServerEngine,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { variable, example } = SERVER_KINDS[engine];
  const url = URL.parse(env[variable] ?? "");
  if (!url) return undefined;
  const { hostname, port, searchParams } = url;
  const usual = new URL(example).port;
  return `${searchParams.get("host") ?? hostname}:${searchParams.get("port") ?? (port || usual)}`;
}

const recordsOf = (folder: string): string => join(folder, OWN_FOLDER, "databases");

/** A file for each, so that two processes that make databases are not in each other's way. */
function pathOf(folder: string, { engine, server, name }: Omit<DatabaseRecord, "folder">): string {
  const place = createHash("sha256").update(`${engine} ${server}`).digest("hex").slice(0, 8);
  return join(recordsOf(folder), `${name}.${place}`);
}

/** Whether a project has written down that it made a database. */
export const isRecorded = (folder: string, record: Omit<DatabaseRecord, "folder">): boolean =>
  existsSync(pathOf(folder, record));

/** Writes down that a project makes a database. */
export function writeRecord(record: DatabaseRecord): void {
  const { engine, server, name, folder } = record;
  mkdirSync(recordsOf(folder), { recursive: true });
  writeFileSync(pathOf(folder, record), `${engine}\n${server}\n${name}\n${folder}\n`);
}

/** Strikes out what a project has written down of a database; nothing where it has not. */
export function strikeRecord(folder: string, record: Omit<DatabaseRecord, "folder">): void {
  rmSync(pathOf(folder, record), { force: true });
}

/** All databases that a project has written down. A file that was not written by us, or names a database that is none of a lab, is passed over. */
export function readRecords(folder: string): readonly DatabaseRecord[] {
  const place = recordsOf(folder);
  const names = existsSync(place) ? readdirSync(place).toSorted() : [];
  return names.flatMap((file) => {
    const [kind, server, name, maker] = readFileSync(join(place, file), "utf8").split("\n");
    const engine = SERVER_ENGINES.find((one) => one === kind);
    if (engine === undefined || !server || !name || !maker || !isOurs(name)) return [];
    const record = { engine, server, name, folder: maker };
    return pathOf(folder, record) === join(place, file) ? [record] : [];
  });
}
