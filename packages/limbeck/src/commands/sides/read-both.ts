import { proofErrors } from "../../kernel/errors/proof-errors.ts";
import type { Environment } from "../environment.ts";
import type { Circumstances } from "../../runtime/memory/remembered-scratch.ts";
import { readConfigured, readSide, type ReadSide } from "./read-side.ts";
import type { Side } from "./side.ts";

/** Two sides of a comparison, as they were read. */
export interface BothSides {
  readonly found: ReadSide;
  readonly wanted: ReadSide;
  /** Why the two cannot be compared letter by letter; absent where they can. */
  readonly doubt?: string;
}

function findDoubt(found: ReadSide, wanted: ReadSide, { dialect }: Environment): string | undefined {
  const doubt = wanted.doubt ?? found.doubt;
  if (doubt !== undefined || dialect.spellsAlike(found.serverVersion, wanted.serverVersion)) return doubt;
  const [one, other] = [`${found.name} of version ${found.serverVersion}`, `${wanted.name} of ${wanted.serverVersion}`];
  return `Servers of two versions write the same in other words: ${one}, ${other}.`;
}

type Readings = readonly [found: ReadSide, wanted: ReadSide];

/**
 * Reads the configured database, and the other side while its server answers. What the database tells of its server is what scratch databases are
 * remembered by, so the other side waits for that much.
 */
async function readBeside(environment: Environment, to: Side): Promise<Readings> {
  const server = Promise.withResolvers<Circumstances | undefined>();
  const reading = readConfigured(environment, server.resolve);
  reading.catch(server.reject);
  const [found, wanted] = await Promise.allSettled([
    reading,
    server.promise.then((circumstances) => readSide(environment, to, circumstances)),
  ]);
  if (found.status === "rejected") throw found.reason;
  if (wanted.status === "rejected") throw wanted.reason;
  return [found.value, wanted.value];
}

/** A connection that takes the place of a URL can do one thing at a time. */
async function readEach(environment: Environment, from: Side, to: Side): Promise<Readings> {
  if (from.kind === "database" && typeof environment.database === "string") return readBeside(environment, to);
  const live = from.kind === "database" ? await readSide(environment, from) : undefined;
  const wanted = await readSide(environment, to, live?.circumstances);
  return [live ?? (await readSide(environment, from)), wanted];
}

/**
 * Reads what is there and what is wanted.
 *
 * @param requireProof whether doubts are a failure
 * @throws ProofError (unproven)
 */
export async function readBoth(
  environment: Environment,
  { from, to }: { readonly from: Side; readonly to: Side },
  requireProof: boolean,
): Promise<BothSides> {
  const [found, wanted] = await readEach(environment, from, to);
  const doubt = findDoubt(found, wanted, environment);
  if (doubt !== undefined && requireProof) throw proofErrors.unproven({ reason: doubt });
  return { found, wanted, ...(doubt !== undefined && { doubt }) };
}
