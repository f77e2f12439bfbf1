import { EXIT_CODES } from "../exit-code.ts";
import type { ErrorEntry } from "./define-errors.ts";

/** What the errors about the file of the schema know. */
export type SchemaFileContexts = {
  readonly schemaFileStale: {
    readonly path: string;
    /** The first line that differs; undefined where there is no such file. */
    readonly line: number | undefined;
  };
  readonly schemaFileUnwritten: { readonly path: string; readonly message: string };
};

/** The catalogue entries about the file that `schemaFile` of the config names. */
export const schemaFileErrors: {
  readonly [Reason in keyof SchemaFileContexts]: ErrorEntry<SchemaFileContexts[Reason]>;
} = {
  schemaFileStale: {
    code: "LB1080",
    title: ({ path }) => `${path} is not what the database is.`,
    why: ({ line }) => (line === undefined ? "There is no such file." : `They differ from line ${line} on.`),
    fix: () => ["limbeck upgrade head"],
    explain:
      "The config names a file that says what the schema is (`schemaFile`). `upgrade`, `downgrade` and `reset` on a development database write it, `upgrade head` also where nothing is left to run; `check` " +
      "compares it with the database, where that is at head. Commit it together with the revision.",
    exitCode: EXIT_CODES.drift,
  },
  schemaFileUnwritten: {
    code: "LB1081",
    title: ({ path }) => `The database is where it was to be, but ${path} was not written.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls -ld ${path}`, "limbeck upgrade head"],
    explain:
      "All revisions ran. After them the schema is written into the file that `schemaFile` of the config names, and that failed. A file that Limbeck did not write is not replaced: give it another " +
      "name, or name another one in the config.",
    exitCode: EXIT_CODES.drift,
  },
};
