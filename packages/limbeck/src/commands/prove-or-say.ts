import type { Comparison, Unproven } from "./compare.ts";
import type { Environment } from "./environment.ts";
import type { PlannedFile } from "./plan-revision-file.ts";
import { provePlannedFile } from "./prove-planned-file.ts";
import { tryProof } from "./try-proof.ts";

/** A file that is proven, or says in its notes why it is not. */
export interface JudgedFile {
  readonly file: PlannedFile;
  /** Why it is not proven. */
  readonly unproven?: Unproven;
  /** What it does besides, as the proof found out; the file says so. */
  readonly besides: readonly string[];
}

/** What the file says of itself, first of all. */
const noteUnproven = ({ reason, unclear }: Unproven): readonly string[] => [
  `Unproven: it was not tried on a scratch database. ${reason}`,
  ...unclear.map((change) => `Not compared, because only an engine can tell whether it is needed: ${change}.`),
];

/**
 * Plans a file and proves it, where that can be done.
 *
 * @param plan makes the file with some notes before the others; the second time with the id of the first
 * @throws ProofError when it does not do what it should, or has to be proven and cannot be
 */
export async function proveOrSay(
  environment: Environment,
  comparison: Comparison,
  requireProof: boolean | undefined,
  plan: (notes: readonly string[], revisionId?: string) => Promise<PlannedFile>,
): Promise<JudgedFile> {
  if (comparison.unproven)
    return { file: await plan(noteUnproven(comparison.unproven)), unproven: comparison.unproven, besides: [] };
  const file = await plan([]);
  let besides: readonly string[] = [];
  const prove = async (): Promise<void> => {
    besides = await provePlannedFile(environment, file, comparison);
  };
  const reason = await tryProof(environment, prove, requireProof);
  if (reason === undefined) return { file: besides.length === 0 ? file : await plan(besides, file.revision), besides };
  const unproven = { reason, unclear: [] };
  return { file: await plan(noteUnproven(unproven), file.revision), unproven, besides };
}
