import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { offerEdit } from "./source-location.ts";

/** Seeds could not be run; nothing of them stays. */
export class SeedError extends LimbeckError {
  override readonly name: string = "SeedError";
}

type SeedErrorContexts = {
  readonly noSeeds: { readonly folder: string };
  readonly unknownSeed: {
    readonly seed: string;
    readonly known: readonly string[];
    readonly similar: string | undefined;
  };
  readonly seedsBehind: { readonly pending: readonly string[] };
  readonly seedBroken: { readonly seed: string; readonly location: string; readonly message: string };
  readonly seedFailed: {
    readonly seed: string;
    readonly location: string;
    /** In the words of whoever threw: the database, or the code. */
    readonly message: string;
    /** That the database refused; absent where it was the code that threw. */
    readonly sql?: string;
  };
  readonly notRows: { readonly seed: string; readonly location: string; readonly sql: string };
  readonly rowWithoutKey: {
    readonly seed: string;
    readonly location: string;
    readonly table: string;
    /** Of the key; undefined where the key has none. */
    readonly column: string | undefined;
  };
  readonly rowTwice: {
    readonly seed: string;
    readonly location: string;
    readonly table: string;
    /** The columns of the key with their values, in words. */
    readonly key: string;
  };
  readonly seedLate: {
    readonly seed: string;
    readonly location: string;
    /** What was called too late; undefined where the seed has ended, and what it began has not. */
    readonly method: string | undefined;
  };
  readonly seedStopped: Readonly<Record<string, never>>;
};

const where = (location: string): string => (location === "" ? "" : ` (${location})`);

const ROLLED_BACK = "Everything that seeds had done was rolled back.";

const family = defineErrors<SeedErrorContexts>(SeedError, EXIT_CODES.usage, {
  noSeeds: {
    code: "LB1501",
    title: ({ folder }) => `There are no seeds in ${folder}.`,
    why: () => "A seed is a .ts, .js, .mjs or .sql file there.",
    fix: ({ folder }) => [`write ${folder}/010_first.ts`, "limbeck explain LB1501"],
    explain:
      'Seeds lie in the folder `seeds` beside the config, or in the one that `seeds` in the config names. One of them: `import type { SeedOperations } from "limbeck"; export async function seed(op: ' +
      'SeedOperations) { await op.ensureRows("lists", [{ id: 1, name: "Inbox" }], { key: ["id"] }); }`',
  },
  unknownSeed: {
    code: "LB1502",
    title: ({ seed }) => `There is no seed "${seed}".`,
    why: ({ similar, known }) =>
      similar === undefined ? `The seeds are ${known.join(", ")}.` : `Did you mean "${similar}"?`,
    fix: ({ similar }) => [`limbeck seed${similar === undefined ? "" : ` --only ${similar}`}`],
    explain:
      "A seed is called like its file, without the ending; digits and what divides them from the rest may be left out where no other one is called the same.",
  },
  seedsBehind: {
    code: "LB1503",
    title: () => "The database is not at head, so no seed was run.",
    why: ({ pending }) => `Seeds are written for the newest schema. Missing: ${pending.join(", ")}.`,
    fix: () => ["limbeck upgrade head"],
    exitCode: EXIT_CODES.pending,
    explain: "Seeds put rows into the tables of the newest schema. Run the revisions that are missing, then the seeds.",
  },
  seedBroken: {
    code: "LB1504",
    title: ({ seed, location }) => `The seed ${seed} cannot be loaded${where(location)}.`,
    why: ({ message }) => message,
    fix: ({ location, seed }) => [offerEdit(location === "" ? seed : location)],
    explain:
      "A seed of code exports a function `seed(op)`, one of SQL holds statements that change rows. All files are loaded before the first one runs; nothing was run.",
  },
  seedFailed: {
    code: "LB1505",
    title: ({ seed, location, message, sql }) =>
      `The seed ${seed} failed${where(location)}${sql === undefined ? `: ${message}` : "."}`,
    why: ({ message, sql }) =>
      sql === undefined ? ROLLED_BACK : `The database says: ${message}\nStatement: ${sql}\n${ROLLED_BACK}`,
    fix: () => ["limbeck seed"],
    exitCode: EXIT_CODES.migrationFailed,
    explain:
      "A seed threw, or the database refused a statement of it. All seeds of a command are one transaction, which was rolled back. Correct the file and run the command again.",
  },
  notRows: {
    code: "LB1506",
    title: ({ seed, location }) => `The seed ${seed} does more than change rows${where(location)}.`,
    why: ({ sql }) => `Not run: ${sql}\n${ROLLED_BACK}`,
    fix: () => ['limbeck revision -m "..."', "limbeck seed"],
    explain:
      "Seeds change rows, in one transaction. What creates, alters or drops objects belongs into a revision, and BEGIN, COMMIT and ROLLBACK are not for a seed to say.",
  },
  rowWithoutKey: {
    code: "LB1508",
    title: ({ seed, table, location }) =>
      `The seed ${seed} has rows for ${table} that nothing tells apart${where(location)}.`,
    why: ({ column }) =>
      `${column === undefined ? "The key has no columns." : `A row does not say its ${column}, which is in the key.`}\n${ROLLED_BACK}`,
    fix: ({ location, seed }) => [offerEdit(location === "" ? seed : location)],
    explain:
      "op.ensureRows finds a row by the columns of `key`, so that it is not added again. Every row says all of them, and none is null. A name or a code serves as well as an id.",
  },
  rowTwice: {
    code: "LB1509",
    title: ({ seed, table, location }) => `The seed ${seed} has a row for ${table} twice${where(location)}.`,
    why: ({ key }) => `Two rows say that ${key}; which of them is meant is not known.\n${ROLLED_BACK}`,
    fix: ({ location, seed }) => [offerEdit(location === "" ? seed : location)],
    explain:
      "op.ensureRows finds a row by the columns of `key`, and sets what differs in it. Two rows with the same values in these columns are one row that is said in two ways.",
  },
  seedLate: {
    code: "LB1510",
    title: ({ seed, location, method }) =>
      method === undefined
        ? `The seed ${seed} has ended, but not what it began.`
        : `The seed ${seed} had ended when it called ${method}${where(location)}.`,
    why: () => `Nobody awaited what called it, so that it would have been left out.\n${ROLLED_BACK}`,
    fix: ({ location, seed }) => [offerEdit(location === "" ? seed : location, "await the function that calls op")],
    exitCode: EXIT_CODES.migrationFailed,
    explain:
      "Calls on op are made in order, and awaited when the seed ends, so that a forgotten await on op itself does no harm. A call that is made later, after awaiting something else in a " +
      "function that nobody awaits, comes too late. Await that function.",
  },
  seedStopped: {
    code: "LB1507",
    title: () => "Stopped on request.",
    why: () => ROLLED_BACK,
    fix: () => ["limbeck seed"],
    exitCode: EXIT_CODES.interrupted,
    explain:
      "Ctrl-C, or a signal of the system, ended the command between two statements of a seed. Nothing of it stays.",
  },
});

/** Builds the errors of seeds. */
export const seedErrors: ErrorFamily<SeedErrorContexts>["create"] = family.create;

/** The part of the error catalogue about seeds. */
export const seedErrorEntries: readonly CatalogueEntry[] = family.entries;
