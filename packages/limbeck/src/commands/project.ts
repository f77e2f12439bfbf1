import type { SplitScript } from "../dialect/place-statements.ts";
import { RevisionGraph } from "../graph/revision-graph.ts";
import { graphErrors } from "../kernel/errors/graph-errors.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { readScriptDirectory } from "../scripts/script-directory.ts";
import type { Environment } from "./environment.ts";

/** The revision files of a project and the graph they form; no file is executed to read it. */
export interface Project {
  readonly files: readonly RevisionFile[];
  readonly graph: RevisionGraph;
  /** How the engine of the project takes `.sql` files apart. */
  readonly splitScript: SplitScript;
  /** The file of a revision. @throws GraphError when there is none */
  requireFile(revision: string): RevisionFile;
}

/**
 * Reads the revision files.
 *
 * @throws ScriptError or GraphError when the files do not form a sound graph
 */
export function readProject(environment: Environment): Project {
  const files = readScriptDirectory(environment.config);
  const byRevision = new Map(files.map((file) => [file.revision, file]));
  return {
    files,
    graph: RevisionGraph.from(files),
    splitScript: environment.dialect.splitScript,
    requireFile(revision) {
      const file = byRevision.get(revision);
      if (!file) throw graphErrors.unknownRevision({ identifier: revision });
      return file;
    },
  };
}
