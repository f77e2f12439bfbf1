/** ETag and If-Match: https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests */
import { createMiddleware } from "hono/factory";
import { Problem } from "../../../00_personal_todo/app/api/problem.ts";
import type { Expectation } from "../services/rows.ts";
import type { ApiEnv } from "./api-env.ts";

export const writeEtag = (version: number): string => `"${version}"`;

/** What If-Match says about a version: one of those it lists, or any with a star. A weak one matches nothing, as the RFC has it. */
export function readIfMatch(header: string | undefined): Expectation {
  if (header === undefined || header.trim() === "*") return () => true;
  const etags = new Set(header.split(",").map((etag) => etag.trim()));
  return (version) => etags.has(writeEtag(version));
}

/** Lets nobody change something who does not say which version of it they have seen. */
export const demandIfMatch = createMiddleware<ApiEnv>(async (c, next) => {
  if (c.req.header("If-Match") === undefined) {
    throw new Problem(428, "A change needs the header If-Match, with the ETag of what you have read.");
  }
  await next();
});
