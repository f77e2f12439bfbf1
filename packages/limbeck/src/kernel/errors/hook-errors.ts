import type { ErrorEntry } from "./define-errors.ts";
import { offerEdit } from "./source-location.ts";

/** Data of the errors of hooks that run on a new revision file. */
export type HookContexts = {
  readonly hookFailed: {
    readonly name: string;
    readonly path: string;
    readonly problem: string;
    /** What was run; absent for a function, and where it could not be started. */
    readonly command?: string;
  };
  readonly hookChangedRevision: {
    readonly names: readonly string[];
    readonly path: string;
    readonly problem: string;
  };
  readonly hookBrokeProof: {
    readonly names: readonly string[];
    readonly path: string;
    readonly revision: string;
    readonly problem: string;
  };
};

const nameAll = (names: readonly string[]): string => `hook${names.length === 1 ? "" : "s"} ${names.join(", ")}`;

/** The catalogue entries of hooks, LB0240 and up. */
export const hookErrors: { readonly [Reason in keyof HookContexts]: ErrorEntry<HookContexts[Reason]> } = {
  hookFailed: {
    code: "LB0240",
    title: ({ name, path }) => `${path} was written, but the hook ${name} failed on it.`,
    why: ({ problem }) =>
      `${problem}\nThe file is there all the same: the command that wrote it would write a second one.`,
    fix: ({ command }) => (command === undefined ? ["correct postWriteHooks in the config"] : [command]),
    explain:
      "postWriteHooks of the config run on each new revision file, one after the other, most often a formatter. This one did not end well, so those " +
      "after it did not run. The file is there as it was written, or as far as the hook changed it. Run the hook again by hand, or correct it " +
      "in the config.",
  },
  hookChangedRevision: {
    code: "LB0241",
    title: ({ names, path }) => `After the ${nameAll(names)}, ${path} is not the revision that was written.`,
    why: ({ problem }) => problem,
    fix: ({ path }) => [offerEdit(path), "correct postWriteHooks in the config"],
    explain:
      "A hook may format a new revision file, but revision, downRevision, branchLabels and dependsOn have to stay, and be written out: they say " +
      "where in the history the file belongs. Put them back, or remove the file and write the revision anew.",
  },
  hookBrokeProof: {
    code: "LB0242",
    title: ({ names, path }) => `After the ${nameAll(names)}, ${path} does not do any more what it should.`,
    why: ({ problem }) => problem,
    fix: ({ revision }) => [`limbeck show ${revision}`, "correct postWriteHooks in the config"],
    explain:
      "A generated revision is proven on a scratch database before it is written. The hooks changed its text, so it was tried again, and failed. " +
      "Mend the file or remove it; a hook should change how a revision looks, not what it does.",
  },
};
