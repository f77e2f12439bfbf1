import type { ErrorEntry } from "./define-errors.ts";

/** Data of the errors that a set of revision files gives when it forms no sound graph. */
export type GraphStructureContexts = {
  readonly selfLoop: { readonly revision: string; readonly field: "downRevision" | "dependsOn" };
  readonly cycle: { readonly revisions: readonly string[] };
  readonly dependencyCycle: { readonly revisions: readonly string[] };
  readonly missingParent: { readonly revision: string; readonly missing: string };
  readonly missingDependency: { readonly revision: string; readonly missing: string };
  readonly duplicateRevision: { readonly revision: string };
  readonly duplicateLabel: { readonly label: string; readonly revision: string; readonly other: string };
  readonly illegalRevisionId: { readonly revision: string; readonly characters: readonly string[] };
  readonly illegalLabel: { readonly label: string; readonly revision: string; readonly characters: readonly string[] };
  readonly reservedName: { readonly name: string; readonly revision: string };
};

const drawCircle = (revisions: readonly string[]): string => [...revisions, ...revisions.slice(0, 1)].join(" -> ");

const describeCharacters = (characters: readonly string[]): string =>
  characters.length === 0 ? "it is empty" : `it has ${characters.map((character) => `"${character}"`).join(", ")}`;

/** The catalogue entries of an unsound graph, LB0330 and up. */
export const graphStructureErrors: {
  readonly [Reason in keyof GraphStructureContexts]: ErrorEntry<GraphStructureContexts[Reason]>;
} = {
  selfLoop: {
    code: "LB0330",
    title: ({ revision, field }) => `Revision ${revision} names itself as its own ${field}.`,
    why: () => "A revision can only come after other revisions, so this one could never run.",
    fix: ({ revision, field }) => [`In the file of ${revision}, set ${field} to the revision that comes before it`],
    explain:
      "downRevision names the revision that a file builds on, dependsOn what must be applied besides. Both point to other files. " +
      "A revision that names itself is usually a copied file of which only one of the two ids was changed.",
  },
  cycle: {
    code: "LB0331",
    title: ({ revisions }) => `The revisions build on one another in a circle: ${drawCircle(revisions)}.`,
    why: () => "None of them can be the first to run.",
    fix: ({ revisions }) => [`In the file of one of ${revisions.join(", ")}, correct downRevision`],
    explain:
      "Each downRevision must lead towards a base, a revision whose downRevision is null. Here following it comes back to where it started. " +
      "This happens when files are edited by hand or when a merge of two working copies took the wrong side of a downRevision line.",
  },
  dependencyCycle: {
    code: "LB0332",
    title: ({ revisions }) => `The revisions depend on one another in a circle: ${drawCircle(revisions)}.`,
    why: () =>
      "The downRevision lines alone are sound; a dependsOn closes the circle, and none of these can be the first to run.",
    fix: ({ revisions }) => [
      `In the file of one of ${revisions.join(", ")}, take the name out of dependsOn that points back`,
    ],
    explain:
      "dependsOn makes a revision wait for one on another branch. When that one, directly or through others, waits for the first, neither can run. " +
      "Split the revision in two, so that the part that others need comes first.",
  },
  missingParent: {
    code: "LB0333",
    title: ({ revision, missing }) =>
      missing === ""
        ? `The downRevision of revision ${revision} is an empty text, which is no revision.`
        : `Revision ${revision} builds on ${missing}, and there is no such revision.`,
    why: ({ missing }) =>
      missing === ""
        ? "The first revision of a history has null there."
        : "The file was deleted or renamed, or it lives on a branch of your repository that is not checked out.",
    fix: ({ revision, missing }) =>
      missing === ""
        ? [`In the file of ${revision}, write null if it is the first, else the id of the revision before it`]
        : [
            `git log --all --oneline -S "${missing}"`,
            `If ${missing} is gone for good, set downRevision in the file of ${revision} to the revision that it was built on, or to null if it was the first`,
          ],
    explain:
      "Every id in downRevision must be the full id of another file in the versions folder; partial ids and labels are not taken there. " +
      "Bring the missing file back, or point downRevision to the revision that the missing one was built on, and to null where it was the first.",
  },
  missingDependency: {
    code: "LB0334",
    title: ({ revision, missing }) =>
      missing === ""
        ? `The dependsOn of revision ${revision} has an empty text in it, which is no revision.`
        : `Revision ${revision} depends on ${missing}, and no revision or branch label has that name.`,
    why: () => "dependsOn takes full ids and branch labels.",
    fix: ({ revision, missing }) =>
      missing === ""
        ? [`In the file of ${revision}, take "" out of dependsOn`]
        : [
            `git log --all --oneline -S "${missing}"`,
            `If it is not needed, take ${missing} out of dependsOn in the file of ${revision}`,
          ],
    explain:
      "dependsOn names what must be applied before a revision without being on the same branch: by full id, or by the label of a branch, which means the " +
      "revision that declares the label. `limbeck revision --depends-on` writes the full id for you.",
  },
  duplicateRevision: {
    code: "LB0335",
    title: ({ revision }) => `Two revision files have the id ${revision}.`,
    why: () => "The database remembers only ids, so the two could not be told apart.",
    fix: ({ revision }) => [
      `Give one of the files another id, and change what builds on it: grep -rn "${revision}" migrations/versions`,
    ],
    explain:
      "Ids are unique in a project. A second file with the same id is usually a copy. Give the copy an id of its own and set its downRevision; " +
      "if neither was ever applied anywhere, either may change.",
  },
  duplicateLabel: {
    code: "LB0336",
    title: ({ label, revision, other }) =>
      `The branch label "${label}" of revision ${revision} is already the name of revision ${other}.`,
    why: () => "A label belongs to one revision, and no revision may have it as its id.",
    fix: ({ label, revision }) => [`Take "${label}" out of branchLabels in the file of ${revision}`],
    explain:
      "A branch label is declared once, by the revision where the branch starts; every revision that builds on it carries the label by itself. " +
      "It need not, and must not, be repeated in later files.",
  },
  illegalRevisionId: {
    code: "LB0337",
    title: ({ revision, characters }) =>
      `"${revision}" cannot be the id of a revision: ${describeCharacters(characters)}.`,
    why: () => 'Targets use "@", "-", "+" and ":" to say more than an id, as in billing@head-2.',
    fix: ({ revision }) => [
      `Replace the characters, for example by "_": ${revision.replaceAll(/[@\-+:\s]+/gu, "_") || "a1b2c3d4e5f6"}`,
    ],
    explain:
      "An id may have letters, digits, underscores, dots and any other character that is not white space and has no meaning in a target. " +
      "Change it in the file that declares it and in every downRevision and dependsOn that names it.",
  },
  illegalLabel: {
    code: "LB0338",
    title: ({ label, revision, characters }) =>
      `"${label}" of revision ${revision} cannot be a branch label: ${describeCharacters(characters)}.`,
    why: () => 'Targets use "@", "+" and ":" to say more than a name, as in billing@head.',
    fix: ({ label, revision }) => [
      `In the file of ${revision}, replace the characters, for example by "_": ${label.replaceAll(/[@+:\s]+/gu, "_") || "billing"}`,
    ],
    explain:
      "A branch label may have letters, digits, underscores, hyphens, dots and any other character without a meaning in a target.",
  },
  reservedName: {
    code: "LB0339",
    title: ({ name, revision }) =>
      `Revision ${revision} uses the name "${name}", which means something else in a target.`,
    why: () => "head, heads, base and current are words of the target grammar: the name could never be reached.",
    fix: ({ name, revision }) => [`In the file of ${revision}, rename it, for example to "${name}_1"`],
    explain:
      "head and heads are the newest revisions, base is the state before the first, current is where the database stands. No id or label may be one of them.",
  },
};
