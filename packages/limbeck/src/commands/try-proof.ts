import { proofErrors } from "../kernel/errors/proof-errors.ts";
import { explainNoScratch } from "../runtime/explain-no-scratch.ts";
import type { Environment } from "./environment.ts";

/**
 * Proves something, where a scratch database can be had for that.
 *
 * @returns why none can be had; undefined when it is proven
 * @throws ProofError when it does not do what it should, or cannot be tried and has to be
 */
export async function tryProof(
  { config }: Environment,
  prove: () => Promise<void>,
  requireProof: boolean = config.requireProof,
): Promise<string | undefined> {
  try {
    await prove();
    return undefined;
  } catch (error) {
    const reason = explainNoScratch(error, config.scratch);
    if (reason === undefined) throw error;
    if (requireProof) throw proofErrors.unproven({ reason }, error);
    return reason;
  }
}
