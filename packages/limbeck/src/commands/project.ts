import type { SplitScript } from "../dialect/place-statements.ts";
import { RevisionGraph } from "../graph/revision-graph.ts";
import { GraphError, graphErrors } from "../kernel/errors/graph-errors.ts";
import { loadRevision, loadRevisionText } from "../scripts/load-revision.ts";
import type { ReadRevision } from "../scripts/revision-body.ts";
import { parseRevisionFile, type RevisionFile } from "../scripts/revision-file.ts";
import { readScriptDirectory } from "../scripts/script-directory.ts";
import type { Environment } from "./environment.ts";
import { placeGraphError } from "./place-graph-error.ts";

/** The revision files of a project and the graph they form; no file is executed to read it. */
export interface Project {
  readonly files: readonly RevisionFile[];
  readonly graph: RevisionGraph;
  /** How the engine of the project takes `.sql` files apart. */
  readonly splitScript: SplitScript;
  /** The file of a revision. @throws GraphError when there is none */
  requireFile(revision: string): RevisionFile;
  /** Loads the code of a revision. @throws GraphError when there is no such file @throws ScriptError when it cannot be loaded */
  load(revision: string): Promise<ReadRevision>;
}

/** @param texts what files are to hold that are not written yet, by path */
function createProject(
  files: readonly RevisionFile[],
  splitScript: SplitScript,
  texts: ReadonlyMap<string, string> = new Map(),
): Project {
  const byRevision = new Map(files.map((file) => [file.revision, file]));
  const requireFile = (revision: string): RevisionFile => {
    const file = byRevision.get(revision);
    if (!file) throw graphErrors.unknownRevision({ identifier: revision });
    return file;
  };
  return {
    files,
    graph: RevisionGraph.from(files),
    splitScript,
    requireFile,
    load: async (revision) => {
      const { path } = requireFile(revision);
      const text = texts.get(path);
      return text === undefined ? loadRevision(path, splitScript) : loadRevisionText(path, text, splitScript);
    },
  };
}

/**
 * Reads the revision files.
 *
 * @throws ScriptError or GraphError when the files do not form a sound graph
 */
export function readProject({ config, dialect }: Environment): Project {
  const files = readScriptDirectory(config);
  try {
    return createProject(files, dialect.splitScript);
  } catch (error) {
    throw error instanceof GraphError ? placeGraphError(error, files) : error;
  }
}

/** A project that loads every revision once, for runs on many databases: a file that changes meanwhile is not read again. */
export function shareLoaded(project: Project): Project {
  const loaded = new Map<string, Promise<ReadRevision>>();
  return {
    ...project,
    load: async (revision) => {
      const loading = loaded.get(revision) ?? project.load(revision);
      loaded.set(revision, loading);
      return loading;
    },
  };
}

/**
 * A project as it would be with some files written or changed.
 *
 * @param texts what these files are to hold, by absolute path
 * @throws ScriptError or GraphError when the files would not form a sound graph
 */
export function withTexts({ files, splitScript }: Project, texts: ReadonlyMap<string, string>): Project {
  const paths = new Set([...files.map(({ path }) => path), ...texts.keys()]);
  const known = new Map(files.map((file) => [file.path, file]));
  const all = [...paths].flatMap((path) => {
    const text = texts.get(path);
    return text === undefined ? (known.get(path) ?? []) : parseRevisionFile(path, text);
  });
  return createProject(all, splitScript, texts);
}
