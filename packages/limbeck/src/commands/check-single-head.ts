import { RevisionGraph } from "../graph/revision-graph.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { readScriptDirectory } from "../scripts/script-directory.ts";
import type { Environment } from "./environment.ts";

/** A history with one head, or none while it is empty. */
export interface SingleHeadResult {
  readonly heads: readonly string[];
}

const describe = ({ revision, branchLabels, message }: RevisionFile): string =>
  [revision, ...(branchLabels.length > 0 ? [`(${branchLabels.join(", ")})`] : []), message].join(" ");

/**
 * Fails when the history has more than one head, so that a pipeline stops there. Only the files are read: no database is needed, and not even known.
 *
 * @throws CommandError `notOneHead` with all heads
 */
export function checkSingleHead({ config }: Pick<Environment, "config">): SingleHeadResult {
  const files = readScriptDirectory(config);
  const { heads } = RevisionGraph.from(files);
  if (heads.length > 1) {
    const lines = files.filter(({ revision }) => heads.includes(revision)).map(describe);
    throw commandErrors.notOneHead({ heads, lines });
  }
  return { heads };
}
