import * as fc from "fast-check";
import type { RevisionNode } from "./revision-node.ts";

/** Choices from which a revision is made once it is known what was made before it. */
interface Choices {
  readonly parents: readonly number[];
  readonly dependencies: readonly number[];
}

const nameOf = (index: number): string => `r${index.toString(36).padStart(3, "0")}`;

/** Anything that exists may be built or depended on, ancestors of one's own included, so that all shapes turn up. */
function makeRevision({ parents, dependencies }: Choices, index: number): RevisionNode {
  const pick = (values: readonly number[]): readonly string[] =>
    index === 0 ? [] : [...new Set(values.map((value) => nameOf(value % index)))];
  return { revision: nameOf(index), downRevision: pick(parents), dependsOn: pick(dependencies) };
}

/** For tests: revisions of a sound graph, in any order, named `r000`, `r001` and so on. */
export function arbitraryRevisions(maxLength: number): fc.Arbitrary<readonly RevisionNode[]> {
  const choices: fc.Arbitrary<Choices> = fc.record({
    parents: fc.array(fc.nat(), { maxLength: 3 }),
    dependencies: fc.array(fc.nat(), { maxLength: 2 }),
  });
  return fc
    .array(choices, { minLength: 1, maxLength, size: "max" })
    .chain((list) => fc.shuffledSubarray(list.map(makeRevision), { minLength: list.length }));
}
