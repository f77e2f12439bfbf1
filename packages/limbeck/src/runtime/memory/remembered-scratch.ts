import { createHash } from "node:crypto";
import type { Connection, Row } from "../../dialect/connection.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { OpenScratch } from "../scratch.ts";
import type { ReadingMemory } from "./reading-memory.ts";

/** What decides, besides the statements, what a database says after they have run. */
export interface Circumstances {
  readonly serverVersion: string;
  /** Settings of the server that change how it understands statements, and writes down what it keeps. */
  readonly settings: string;
}

/** It is not remembered what a database says after some statements. */
class Forgotten extends Error {}

/** Writes down everything that a database was told, one after the other. */
function createLog({ serverVersion, settings }: Circumstances) {
  const hash = createHash("sha256").update(JSON.stringify([serverVersion, settings]));
  return {
    add: (sql: string, parameters: readonly SqlValue[] = []): void => {
      hash.update(JSON.stringify([sql, parameters.map(String)]));
    },
    /** The key of all that was told up to now. */
    take: (): string => hash.copy().digest("hex"),
  };
}

const keyOf = (sql: string, parameters: readonly SqlValue[] = []): string =>
  JSON.stringify([sql, parameters.map(String)]);

/** A database that is not there: it takes every statement, and answers from memory. */
function createGhost(circumstances: Circumstances, memory: ReadingMemory): Connection {
  const log = createLog(circumstances);
  return {
    serverVersion: circumstances.serverVersion,
    description: "a scratch database that was remembered",
    execute: (sql, parameters) => {
      log.add(sql, parameters);
      return Promise.resolve(0);
    },
    query: (sql, parameters) => {
      const rows = memory.recall(log.take())?.get(keyOf(sql, parameters));
      return rows ? Promise.resolve(rows) : Promise.reject(new Forgotten());
    },
    close: () => Promise.resolve(),
  };
}

/** A database that is there, and whose answers are remembered. */
function watch(connection: Connection, circumstances: Circumstances, memory: ReadingMemory): Connection {
  const log = createLog(circumstances);
  const answers = new Map<string, Map<string, readonly Row[]>>();
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => {
      log.add(sql, parameters);
      return connection.execute(sql, parameters);
    },
    query: async (sql, parameters) => {
      const rows = await connection.query(sql, parameters);
      const key = log.take();
      const known = answers.get(key) ?? new Map<string, readonly Row[]>();
      answers.set(key, known.set(keyOf(sql, parameters), rows));
      return rows;
    },
    close: async () => {
      for (const [key, rows] of answers) memory.keep(key, rows);
      await connection.close();
    },
  };
}

/**
 * Reads something from a scratch database that is the same whenever the same statements run on the same server, and asks the server only where it is not
 * remembered. What is remembered are the server's own answers, by the version of the server, its settings, and all statements word for word; so nothing of it can
 * be out of date, and another version of this package reads it anew.
 *
 * @param read builds and reads; it may be called twice
 */
export async function readRemembered<Result>(
  open: OpenScratch,
  memory: ReadingMemory,
  circumstances: Circumstances,
  read: (open: OpenScratch) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(() => Promise.resolve(createGhost(circumstances, memory)));
  } catch (error) {
    if (!(error instanceof Forgotten)) throw error;
  }
  return read(async () => {
    const scratch = await open();
    // One of another version took its place.
    return scratch.serverVersion === circumstances.serverVersion ? watch(scratch, circumstances, memory) : scratch;
  });
}
