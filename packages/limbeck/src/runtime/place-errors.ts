import { ExecutionError, placeError } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { CallPlace } from "./revision-target.ts";

/** Adds the revision and the line to an error that knows neither: what an operation refuses, and what a driver does. */
export async function placeErrors<Result>(place: CallPlace, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LimbeckError && !(error instanceof ExecutionError)) throw placeError(error, place);
    throw error;
  }
}
