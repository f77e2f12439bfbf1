import { existsSync } from "node:fs";
import { LimbeckError } from "limbeck";
import type { LearnHost } from "limbeck/commands";
import { SERVER_KINDS, titleOf } from "./engine.ts";
import { findServer, isRecorded, readRecords, type DatabaseRecord } from "./servers/database-records.ts";
import { openRecordedServer } from "./servers/record-databases.ts";

/** What became of a database. */
export interface Cleaned {
  /** As a person names it: `limbeck_learn_... on PostgreSQL 127.0.0.1:5432`. */
  readonly database: string;
  readonly state: "dropped" | "gone" | "failed";
  /** Why it could not be dropped, and a command that helps. */
  readonly because?: string;
  readonly fix?: string;
}

/** A database as a person names it. */
const nameOf = ({ engine, server, name }: DatabaseRecord): string => `${name} on ${titleOf(engine)} ${server}`;

/** A folder that was copied has the records of the first one too, which still needs what they name. */
const isOfAnother = (record: DatabaseRecord, folder: string): boolean =>
  record.folder !== folder && existsSync(record.folder) && isRecorded(record.folder, record);

const listOwn = (folder: string): readonly DatabaseRecord[] =>
  readRecords(folder).filter((record) => !isOfAnother(record, folder));

/** The databases that the exercises of a project have on servers, as a person names them. */
export const listLeftovers = (folder: string): readonly string[] => listOwn(folder).map(nameOf);

async function drop(record: DatabaseRecord, { folder, env }: Place): Promise<Cleaned> {
  const { engine, server, name } = record;
  const database = nameOf(record);
  const { variable, example } = SERVER_KINDS[engine];
  const named = findServer(engine, env);
  if (named !== server) {
    const state = named === undefined ? "names no server" : `names ${named}`;
    const wanted = new URL(example);
    wanted.host = server;
    return { database, state: "failed", because: `${variable} ${state}.`, fix: `export ${variable}=${wanted.href}` };
  }
  try {
    const opened = await openRecordedServer(engine, { folder, env });
    const wasThere = (await opened.list(name)).includes(name);
    await opened.drop(name);
    return { database, state: wasThere ? "dropped" : "gone" };
  } catch (error) {
    if (!(error instanceof LimbeckError)) {
      const because = error instanceof Error ? error.message : String(error);
      return { database, state: "failed", because, fix: "limbeck learn clean" };
    }
    const because = [error.title, error.why].filter(Boolean).join(" ");
    return { database, state: "failed", because, fix: error.fix[0] ?? "limbeck learn clean" };
  }
}

interface Place {
  /** Of the project. */
  readonly folder: string;
  readonly env: LearnHost["env"];
}

/** Drops the databases that the exercises of a project have made on servers, and no other. */
export async function cleanServers(place: Place): Promise<readonly Cleaned[]> {
  const cleaned: Cleaned[] = [];
  for (const record of listOwn(place.folder)) cleaned.push(await drop(record, place));
  return cleaned;
}
