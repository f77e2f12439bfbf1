import type { z } from "@hono/zod-openapi";
import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { STATUS_CODES } from "node:http";
import { problemSchema } from "../schemas.ts";
import { TitleTaken } from "../services/todo-crud.ts";

/** An error that the client is told of, as problem+json: https://www.rfc-editor.org/rfc/rfc9457 */
export class Problem extends Error {
  readonly status: number;
  readonly more: object;

  /** @param more further members of the answer, as the description of the API has them */
  constructor(status: number, detail: string, more: object = {}) {
    super(detail);
    this.status = status;
    this.more = more;
  }

  toResponse(): Response {
    const { status, message: detail, more } = this;
    const body = { type: "about:blank", title: STATUS_CODES[status], status, detail, ...more };
    return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
  }
}

const HONO_ERRORS: Record<number, string> = {
  400: "The body is no valid JSON.",
  415: "The body must be JSON, with the header Content-Type: application/json.",
};

function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TitleTaken) return new Problem(409, error.message);
  // Hono's own, before the schemas have seen the request.
  if (error instanceof HTTPException) return new Problem(error.status, HONO_ERRORS[error.status] ?? error.message);
  // What went wrong inside is for the log, and nobody else.
  console.error(error);
  return new Problem(500, "Something went wrong in the service; its log says what.");
}

export const answerError: ErrorHandler = (error) => toProblem(error).toResponse();

export const answerNotFound: NotFoundHandler = (c) =>
  new Problem(404, `There is nothing at ${c.req.method} ${c.req.path}; /docs lists what there is.`).toResponse();

/** Which field is wrong, and why. */
function describeIssue(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((field) => ({ field, message: "is not known here" }));
  return [{ field: issue.path.join("."), message: issue.message }];
}

/** Hears what the schemas of a route say about a request. */
export function refuseInvalid(result: { success: true } | { success: false; error: z.ZodError }): void {
  if (result.success) return;
  const errors = result.error.issues.flatMap(describeIssue);
  const detail = errors.map(({ field, message }) => `${field || "the body"} ${message}`).join("; ");
  throw new Problem(422, `The request is not valid: ${detail}.`, { errors });
}

/** Those answers of a route that are no success, for the description of the API. */
export function problems(descriptions: Record<number, string>): object {
  const content = { "application/problem+json": { schema: problemSchema } };
  return Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [status, { description, content }]),
  );
}
