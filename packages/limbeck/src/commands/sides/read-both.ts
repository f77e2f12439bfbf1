import { proofErrors } from "../../kernel/errors/proof-errors.ts";
import type { Environment } from "../environment.ts";
import { readSide, type ReadSide } from "./read-side.ts";
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
  // The database first: what it tells of its server is what scratch databases are remembered by.
  const live = from.kind === "database" ? await readSide(environment, from) : undefined;
  const wanted = await readSide(environment, to, live?.circumstances);
  const found = live ?? (await readSide(environment, from));
  const doubt = findDoubt(found, wanted, environment);
  if (doubt !== undefined && requireProof) throw proofErrors.unproven({ reason: doubt });
  return { found, wanted, ...(doubt !== undefined && { doubt }) };
}
