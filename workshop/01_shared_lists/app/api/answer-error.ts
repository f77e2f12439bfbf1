import type { ErrorHandler } from "hono";
import { answerError as answerProblem, Problem } from "../../../00_personal_todo/app/api/problem.ts";
import { isCollision } from "../core/database.ts";
import { Conflict, Stale, UnknownList } from "../services/refusals.ts";

function toProblem(error: Error): Error {
  if (error instanceof Conflict) {
    return new Problem(409, error.message, { blocking_id: error.blockingId, fix: error.fix });
  }
  if (error instanceof Stale) return new Problem(412, error.message);
  if (error instanceof UnknownList) {
    return new Problem(422, error.message, { errors: [{ field: "list_id", message: "is not the id of a list" }] });
  }
  if (isCollision(error)) return new Problem(409, "Another request came in between. Send this one again.");
  return error;
}

export const answerError: ErrorHandler = (error, c) => answerProblem(toProblem(error), c);
