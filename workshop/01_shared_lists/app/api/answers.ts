import { z } from "@hono/zod-openapi";
import { json } from "../../../00_personal_todo/app/api/answers.ts";
import { Problem, problems } from "../../../00_personal_todo/app/api/problem.ts";
import { settings } from "../../../00_personal_todo/app/core/config.ts";
import { conflictSchema, MAX_ID } from "../schemas.ts";
import type { Page, Place } from "../services/pages.ts";
import type { List, Todo } from "../services/rows.ts";

export const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A list or a todo as it goes out: times are text, in UTC. */
export function present<Row extends List | Todo>(row: Row) {
  const { created_at, updated_at, deleted_at } = row;
  const purgeAt = deleted_at && new Date(deleted_at.getTime() + settings.retentionDays * DAY_IN_MILLISECONDS);
  return {
    ...row,
    created_at: created_at.toISOString(),
    updated_at: updated_at?.toISOString() ?? null,
    deleted_at: deleted_at?.toISOString() ?? null,
    purge_at: purgeAt?.toISOString() ?? null,
  };
}

const placeSchema = z.tuple([z.iso.datetime(), z.int().positive().max(MAX_ID)]);

/** Nobody should read anything into a cursor, or make one. */
const writeCursor = ({ created_at, id }: Place): string =>
  Buffer.from(JSON.stringify([created_at.toISOString(), id])).toString("base64url");

/** @throws Problem where no page has ended with such a cursor */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [time, id] = placeSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { created_at: new Date(time), id };
  } catch {
    throw new Problem(400, "The cursor is none that this service has given: take the next_cursor of a page as it is.");
  }
}

export function presentPage<Row extends List | Todo>({ items, next }: Page<Row>) {
  return { items: items.map(present<Row>), next_cursor: next === undefined ? null : writeCursor(next) };
}

const INVALID = "The request is not valid";

/** The answers of a route that are no success, for the description of the API. */
export function refusals(descriptions: Record<number, string>): object {
  const conflict = descriptions[409];
  return {
    ...problems({ ...descriptions, 422: descriptions[422] ?? INVALID }),
    ...(conflict !== undefined && {
      409: { description: conflict, content: { "application/problem+json": { schema: conflictSchema } } },
    }),
  };
}

/** A body of JSON that a request has to have. */
export const requiredBody = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema, description),
  required: true as const,
});
