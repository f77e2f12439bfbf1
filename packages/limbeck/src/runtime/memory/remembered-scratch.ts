import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import type { Connection } from "../../dialect/connection.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { OpenScratch } from "../scratch.ts";
import { digest } from "./digest.ts";
import type { Answer, Answers, ReadingMemory } from "./reading-memory.ts";

/** What decides, besides the statements, what a database says after they have run. */
export interface Circumstances {
  readonly serverVersion: string;
  /** Settings of the server that change how it understands statements, and writes down what it keeps. */
  readonly settings: string;
}

/** A conversation with scratch databases that may be had again. */
export interface Conversation {
  readonly memory: ReadingMemory;
  readonly circumstances: Circumstances;
  /** What it is about, so that another one does not take its place in the memory. */
  readonly topic: string;
}

/** Gives each thing that is said a key, made of itself and all that was said before. */
function createLog(circumstances: Circumstances): (sql: string, parameters?: readonly SqlValue[]) => string {
  const hash = createHash("sha256").update(JSON.stringify(circumstances));
  // Values of one spelling, `1` and `"1"`, are not the same.
  return (sql, parameters = []) =>
    hash
      .update(parameters.length === 0 ? JSON.stringify(sql) : serialize([sql, parameters]))
      .copy()
      .digest("hex");
}

/** It is not remembered what a database says at some point. */
class Forgotten extends Error {}

/** How long the process may hear of nothing else while answers are at hand, in milliseconds: the database that is compared is asked meanwhile, question by question. */
const LONGEST_BREATH = 4;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes what lets the event loop turn when that is due. */
function createBreath(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST_BREATH) return;
    await turn();
    last = performance.now();
  };
}

/** A database that is not there, and answers from memory as long as that goes. */
function createGhost(circumstances: Circumstances, answers: Answers, onForgotten: () => void): Connection {
  const log = createLog(circumstances);
  const breathe = createBreath();
  const answer = async <Kind extends Answer>(sql: string, parameters?: readonly SqlValue[]): Promise<Kind> => {
    const known = answers.get(log(sql, parameters));
    await breathe();
    // Under such a key lies what the same method of a real connection gave.
    if (known !== undefined) return known as Kind;
    onForgotten();
    throw new Forgotten();
  };
  return {
    serverVersion: circumstances.serverVersion,
    description: "a scratch database that was remembered",
    execute: (sql, parameters) => answer(sql, parameters),
    query: (sql, parameters) => answer(sql, parameters),
    close: () => Promise.resolve(),
  };
}

/** A database that is there, and whose answers are written down. */
function watch(connection: Connection, { memory, circumstances, topic }: Conversation): Connection {
  const log = createLog(circumstances);
  const answers = new Map<string, Answer>();
  const note = async <Kind extends Answer>(key: string, answer: Promise<Kind>): Promise<Kind> => {
    const given = await answer;
    answers.set(key, given);
    return given;
  };
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => note(log(sql, parameters), connection.execute(sql, parameters)),
    query: (sql, parameters) => note(log(sql, parameters), connection.query(sql, parameters)),
    close: async () => {
      memory.keep(digest([circumstances, topic]), answers);
      await connection.close();
    },
  };
}

/**
 * Reads something from a scratch database that is the same whenever the same is said to the same server, and asks the server only where it is not
 * remembered. What is remembered are the server's own answers, by the version of the server, its settings, and every statement before them word for word; so
 * nothing of it can be out of date, and another version of this package reads it anew.
 *
 * @param read builds and reads; it is called a second time where something is not remembered
 */
export async function readRemembered<Result>(
  open: OpenScratch,
  conversation: Conversation,
  read: (open: OpenScratch) => Promise<Result>,
): Promise<Result> {
  const { memory, circumstances, topic } = conversation;
  // The database that is compared is asked first.
  await turn();
  const answers = memory.recall(digest([circumstances, topic]));
  await turn();
  if (answers.size > 0) {
    let isForgotten = false;
    const forget = (): void => {
      isForgotten = true;
    };
    // Whoever runs in between may have put the failure into other words, or passed over it.
    const [result] = await Promise.allSettled([
      read(() => Promise.resolve(createGhost(circumstances, answers, forget))),
    ]);
    if (!isForgotten) {
      if (result.status === "fulfilled") return result.value;
      throw result.reason;
    }
  }
  return read(async () => {
    const scratch = await open();
    // One of another version took its place.
    return scratch.serverVersion === circumstances.serverVersion ? watch(scratch, conversation) : scratch;
  });
}
