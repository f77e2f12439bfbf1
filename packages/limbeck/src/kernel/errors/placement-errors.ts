import type { ErrorEntry } from "./define-errors.ts";
import type { Retypings } from "./retyping.ts";

/** The same command again, in forms that work. */
interface Repairable {
  readonly instead: readonly string[];
}

/** Data of the errors of a new revision that has no clear place in the history. */
export type PlacementContexts = {
  readonly severalToBuildOn: Repairable & { readonly identifier: string; readonly revisions: readonly string[] };
  readonly notAHead: Repairable & {
    readonly revision: string;
    readonly children: readonly string[];
    /** The heads that it could be instead. */
    readonly heads: readonly string[];
  };
  readonly labelTaken: Repairable & { readonly label: string; readonly revision: string };
  readonly labelRepeated: Repairable & { readonly label: string };
  readonly labelIllegal: Repairable & { readonly label: string; readonly problem: string };
  readonly dependencyUnknown: { readonly identifier: string };
  readonly severalDependencies: Repairable & { readonly identifier: string; readonly revisions: readonly string[] };
  readonly outsideLocations: Repairable & { readonly path: string; readonly locations: readonly string[] };
  readonly locationOpen: Repairable & { readonly locations: readonly string[] };
};

const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");

/** The catalogue entries of new revisions without a clear place, LB1030 and up. */
export const placementErrors: {
  readonly [Reason in keyof PlacementContexts]: ErrorEntry<PlacementContexts[Reason]>;
} = {
  severalToBuildOn: {
    code: "LB1030",
    title: ({ identifier, revisions }) =>
      `"${identifier}" is ${revisions.length} revisions here, and a new one builds on one: ${revisions.join(", ")}.`,
    why: () => "The history has branches. Name the one that goes on, or join them first with a merge revision.",
    fix: ({ instead }) => [...instead, "limbeck merge heads"],
    explain:
      "A new revision is written on top of the newest one. Where branches give several heads, --head names the one that it builds on: an id, the beginning " +
      "of one, a label, label@head. `limbeck merge heads` joins all heads into one; --head base begins a branch that builds on nothing.",
  },
  notAHead: {
    code: "LB1031",
    title: ({ revision, children }) => `Revision ${revision} is not a head: ${children.join(", ")} builds on it.`,
    why: () => "A second revision on top of it begins a new branch, and that has to be said.",
    fix: ({ instead }) => (instead.length > 0 ? instead : ["limbeck explain LB1031"]),
    retype: ({ heads }) => [
      [{ kind: "option", name: "--splice", value: true }],
      ...heads.map((head): Retypings => [{ kind: "option", name: "--head", value: head }]),
    ],
    explain:
      "Building on a revision that others build on already divides the history. --splice says that this is meant; without it, name a head. Nothing is " +
      "moved: the revisions that build on it stay where they are.",
  },
  labelTaken: {
    code: "LB1032",
    title: ({ label, revision }) => `The name "${label}" belongs to revision ${revision} already.`,
    why: () => "A label names one revision, so that label@head means one branch.",
    fix: ({ instead }) => [...instead, `limbeck heads`],
    explain:
      "A branch label is declared by one revision and then also stands for all that build on it, so a branch that has a label needs no second one. " +
      "A label cannot be the id of a revision either.",
  },
  labelRepeated: {
    code: "LB1033",
    title: ({ label }) => `The label "${label}" was given more than once.`,
    why: () => "",
    fix: ({ instead }) => instead,
    explain: "A revision declares each of its labels once.",
  },
  labelIllegal: {
    code: "LB1034",
    title: ({ label }) => `"${label}" cannot be a branch label.`,
    why: ({ problem }) => problem,
    fix: ({ instead }) => instead,
    explain:
      "Labels are parts of targets: `billing@head`, `billing+1`, `billing:head`. So @, +, : and white space can be in none, quotation marks and commas " +
      "have a meaning in revision files, a hyphen is neither the first nor the last character, and head, heads, base and current mean something else.",
  },
  dependencyUnknown: {
    code: "LB1035",
    title: ({ identifier }) => `"${identifier}" is no revision, so nothing can depend on it.`,
    why: () => "It is no id, no beginning of one and no branch label in the version locations.",
    fix: () => ["limbeck history"],
    explain:
      "--depends-on names a revision of another branch that has to be applied first: by its id or the beginning of one, by a label, or by label@head. " +
      "Ids are written into the file in full, labels as they are. Names of fewer than four characters have to be given in full.",
  },
  severalDependencies: {
    code: "LB1036",
    title: ({ identifier, revisions }) =>
      `"${identifier}" is ${revisions.length} revisions, and a dependency is one: ${revisions.join(", ")}.`,
    why: () => "--depends-on may be given several times.",
    fix: ({ instead }) => instead,
    explain: "Name each revision that has to be applied first with a --depends-on of its own.",
  },
  outsideLocations: {
    code: "LB1037",
    title: ({ path }) => `${path} is none of the version locations.`,
    why: ({ locations }) => `A file there would never be read. The locations are:\n${list(locations)}`,
    fix: ({ instead }) => instead,
    explain:
      "--version-path names one of the folders of versionLocations in the config, or with recursiveVersionLocations a folder inside of one. " +
      "Add the folder to the config to use it.",
  },
  locationOpen: {
    code: "LB1038",
    title: ({ locations }) =>
      `There are ${locations.length} version locations, and nothing says where the new file belongs.`,
    why: ({ locations }) => list(locations),
    fix: ({ instead }) => instead,
    explain:
      "A new revision goes into the location of the one that it builds on. One that builds on nothing has to be told where to go, with --version-path.",
  },
};
