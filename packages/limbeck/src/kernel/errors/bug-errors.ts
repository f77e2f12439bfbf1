import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** Something failed that Limbeck did not foresee. */
export class BugError extends LimbeckError {
  override readonly name: string = "BugError";
}

type BugErrorContexts = {
  readonly unforeseen: { readonly message: string; readonly stack: string };
  readonly stray: { readonly message: string; readonly stack: string };
};

const family = defineErrors<BugErrorContexts>(BugError, EXIT_CODES.bug, {
  unforeseen: {
    code: "LB0000",
    title: ({ message }) => `This is a bug in Limbeck: ${message}`,
    why: ({ stack }) => stack,
    fix: () => ["limbeck status"],
    explain:
      "Whatever can go wrong outside Limbeck has an error code of its own. This failure has none, so it is a mistake in Limbeck. Please report " +
      "the message with the lines below it and the command that you ran. A revision that was running has been rolled back where the engine " +
      "can do that; `limbeck status` tells where the database stands.",
  },
  stray: {
    code: "LB0099",
    title: ({ message }) => `An error came from code that nobody waits for: ${message}`,
    why: ({ stack }) => stack,
    fix: () => ["limbeck status"],
    explain:
      "An error was thrown in a timer or an event, or a promise was rejected that nobody awaits, so it belongs to no command and ended the process. " +
      "The message shows where. If that is in your config, models or revisions, await the promise or catch the error there. If it is in Limbeck, " +
      "please report it. A revision that was running has been rolled back where the engine can do that.",
  },
});

/** Builds the errors that nobody foresaw. */
export const bugErrors: ErrorFamily<BugErrorContexts>["create"] = family.create;

/** The part of the error catalogue about bugs. */
export const bugErrorEntries: readonly CatalogueEntry[] = family.entries;
