import type { ErrorEntry } from "./define-errors.ts";

/** Data of the errors of commands that destroy data and were not told that they may. */
export type ConsentContexts = {
  readonly consentMissing: { readonly command: string; readonly consequence: string; readonly flag: string };
  readonly lossNotAllowed: {
    readonly command: string;
    /** What would be destroyed, with numbers. */
    readonly losses: readonly string[];
  };
  readonly nameMissing: {
    readonly command: string;
    readonly name: string;
    /** What was given instead; undefined where nothing was. */
    readonly given: string | undefined;
    readonly losses: readonly string[];
  };
};

const listLosses = (losses: readonly string[]): string => losses.map((loss) => `  ${loss}`).join("\n");

/** The catalogue entries of commands that destroy data and were not told that they may. */
export const consentErrors: { readonly [Reason in keyof ConsentContexts]: ErrorEntry<ConsentContexts[Reason]> } = {
  consentMissing: {
    code: "LB1007",
    title: ({ command, consequence }) => `${command} ${consequence}, so it asks first.`,
    why: () => "There is no terminal to ask on, and the flag that answers was not given.",
    fix: () => ["limbeck explain LB1007"],
    retype: ({ flag }) => [[{ kind: "option", name: flag, value: true }]],
    explain: "A command that destroys data asks for consent on a terminal. In scripts the flag gives it.",
  },
  lossNotAllowed: {
    code: "LB1070",
    title: ({ command }) => `The ${command} destroys data, so it asks first.`,
    why: ({ losses }) => `There is no terminal to ask on, and nobody said that this may go:\n${listLosses(losses)}`,
    fix: () => ["limbeck explain LB1070"],
    retype: () => [[{ kind: "option", name: "--allow-data-loss", value: true }]],
    explain:
      "A downgrade that drops tables or columns with rows in them destroys what no upgrade gives back. On a terminal Limbeck says what goes, and asks; in scripts " +
      "--allow-data-loss says that it may. Nothing is asked where the tables are empty. What a revision destroys is found by calling its function beforehand with an `op` that " +
      "does nothing; what could not be foreseen so, because the revision reads rows for example, stops the run right before it happens: the revision is rolled back, and the command ends with 7, as with any revision that fails.",
  },
  nameMissing: {
    code: "LB1071",
    title: ({ name, given }) =>
      given === undefined
        ? `The database "${name}" is protected, and its name was not given.`
        : `The database is called "${name}", and not "${given}".`,
    why: ({ command, losses }) => `The ${command} destroys data:\n${listLosses(losses)}`,
    fix: () => ["limbeck status"],
    retype: ({ name }) => [[{ kind: "option", name: "--confirm", value: name }]],
    explain:
      "The config calls this database `protected`: whatever destroys data in it wants its name, typed on a terminal or given with --confirm. It is the name under `databases`, or the last " +
      "part of the URL. `limbeck status` shows which database it is and where its URL came from.",
  },
};
