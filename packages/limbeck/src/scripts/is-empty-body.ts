import type { RevisionStatement } from "./revision-body.ts";

const COMMENTS = /\/\*[^]*?\*\/|\/\/[^\n]*/g;

/** Whether a direction of a revision has no code but comments, or no statement. */
export function isEmptyBody(body: ((op: never) => unknown) | readonly RevisionStatement[]): boolean {
  if (typeof body !== "function") return body.length === 0;
  return /^[^{}]*\{\s*\}$/.test(body.toString().replaceAll(COMMENTS, ""));
}
