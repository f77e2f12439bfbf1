import { quoteWord } from "../quote-word.ts";
import type { ErrorEntry } from "./define-errors.ts";

/** What was to be edited. */
interface EditedThings {
  /** As they were called on the command line. */
  readonly identifiers: readonly string[];
  /** Whether they are revisions, which can be shown instead. */
  readonly areRevisions: boolean;
}

/** Data of the errors of `edit`. */
export type EditorContexts = {
  readonly nothingToEdit: { readonly identifiers: readonly string[] };
  readonly editorMissing: EditedThings & { readonly problem: string };
  readonly editorFailed: EditedThings & {
    readonly editor: string;
    /** The variable that names it, or would. */
    readonly variable: string;
    readonly problem: string;
  };
};

const join = (identifiers: readonly string[]): string => identifiers.map(quoteWord).join(" ");

const offerShow = ({ identifiers, areRevisions }: EditedThings): readonly string[] =>
  areRevisions ? [`limbeck show ${join(identifiers)}`] : [];

const VARIABLES =
  'The editor is the program that VISUAL names, else EDITOR, with arguments if you like: `EDITOR="code --wait"`. It is started without a shell. Where ' +
  "neither is set, and there is a terminal, the first is taken that is installed of sensible-editor, editor, nano, vim, vi, code and notepad.";

/** The catalogue entries of `edit`, LB1050 and up. */
export const editorErrors: { readonly [Reason in keyof EditorContexts]: ErrorEntry<EditorContexts[Reason]> } = {
  nothingToEdit: {
    code: "LB1050",
    title: ({ identifiers }) =>
      `${identifiers.map((name) => `"${name}"`).join(", ")} stands for no revision here, so there is no file to edit.`,
    why: () => "base is before the first revision, and current is nothing while nothing is applied.",
    fix: () => ["limbeck history -i"],
    explain:
      "`limbeck edit` opens the files of revisions. Name one by its id, the beginning of it, a label or head; another file by its path.",
  },
  editorMissing: {
    code: "LB1051",
    title: () => "No editor is known.",
    why: ({ problem }) => problem,
    fix: (things) => [`EDITOR=vi limbeck edit ${join(things.identifiers)}`, ...offerShow(things)],
    explain: VARIABLES,
  },
  editorFailed: {
    code: "LB1052",
    title: ({ editor }) => `The editor ${editor} did not end well.`,
    why: ({ problem }) => problem,
    fix: (things) => [`${things.variable}=vi limbeck edit ${join(things.identifiers)}`, ...offerShow(things)],
    explain: `${VARIABLES} What the editor saved is in the file; whether it did is for it to know.`,
  },
};
