import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";

const SKETCH = /^(?<revision>\S+?)(?: < (?<parents>[^~#]+?))?(?: ~ (?<dependencies>[^#]+?))?(?: #(?<labels>\S+))?$/u;

const splitWords = (words: string | undefined): readonly string[] => words?.split(" ").filter(Boolean) ?? [];

function readSketch(line: string): RevisionNode {
  const groups = SKETCH.exec(line)?.groups;
  return {
    // A line that is no sketch becomes an id that no graph takes.
    revision: groups?.["revision"] ?? line,
    downRevision: splitWords(groups?.["parents"]),
    dependsOn: splitWords(groups?.["dependencies"]),
    branchLabels: splitWords(groups?.["labels"]),
  };
}

/**
 * Builds a graph for a test from sketches of its revisions: `id < parents ~ dependencies #label`, each part but the
 * first optional; several may stand in one string, with "; " between them.
 *
 * @example
 * sketchGraph("a; b < a #billing; c < a ~ b; d < b c");
 */
export function sketchGraph(...lines: readonly string[]): RevisionGraph {
  return RevisionGraph.from(lines.flatMap((line) => line.split("; ")).map(readSketch));
}
