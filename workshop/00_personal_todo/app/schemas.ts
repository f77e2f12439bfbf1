/** What goes in and out over HTTP. The page at /docs is made from it. */
import { z } from "@hono/zod-openapi";

/** Databases have no place for the first character, and half of a pair is no character. */
const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

const title = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  .max(255, "must have at most 255 characters")
  .refine((text) => !/\p{Control}/u.test(text) && isStorable(text), "must be one line of text")
  .openapi({ example: "Buy milk" });

const description = z
  .string("must be text, or null")
  .max(10_000, "must have at most 10,000 characters")
  .refine(isStorable, "must be text")
  .nullable()
  .openapi({ example: "The one with the blue lid" });

const isCompleted = z.boolean("must be true or false").openapi({ example: false });

export const newTodoSchema = z
  .strictObject(
    { title, description: description.optional(), is_completed: isCompleted.optional() },
    "must be an object",
  )
  .openapi("NewTodo");

export const todoChangesSchema = newTodoSchema
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "has nothing to change: send at least one field")
  .openapi("TodoChanges");

const time = z.iso.datetime().openapi({ example: "2026-02-21T09:00:00.000Z" });

export const todoSchema = z
  .object({
    id: z.int().openapi({ example: 1 }),
    title: z.string().openapi({ example: "Buy milk" }),
    description: z.string().nullable().openapi({ example: "The one with the blue lid" }),
    is_completed: z.boolean().openapi({ example: false }),
    created_at: time,
    updated_at: time.nullable(),
    deleted_at: time.nullable().openapi({ example: null }),
  })
  .openapi("Todo");

export const pageSchema = z
  .object({
    items: z.array(todoSchema),
    next_cursor: z.int().nullable().openapi({ description: "The cursor of the next page; null on the last one" }),
  })
  .openapi("TodoPage");

const MAX_ID = 2_147_483_647;

/** A whole number in a URL. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `must be a whole number from ${min} to ${max}`)
    .openapi({ type: "integer", minimum: min, maximum: max });

export const idSchema = z.strictObject({ id: wholeNumber(1, MAX_ID).openapi({ example: 1 }) });

export const trashQuerySchema = z.strictObject({
  limit: wholeNumber(1, 100).optional().openapi({ description: "How many todos at most; 20 if you say nothing" }),
  cursor: wholeNumber(1, MAX_ID).optional().openapi({ description: "The next_cursor of the page before" }),
  search: z.string().trim().max(255).refine(isStorable, "must be text").optional().openapi({
    description: "Only todos with this text in their title; a and A are the same",
  }),
});

export const listQuerySchema = trashQuerySchema.extend({
  completed: z.enum(["true", "false"], "must be true or false").optional(),
});

export const purgeQuerySchema = z.strictObject({
  older_than_days: wholeNumber(0, 99_999).optional().openapi({
    description: "How many days a todo must have been in the trash; TRASH_RETENTION_DAYS, or 30, if you say nothing",
  }),
});

export const purgedSchema = z.object({ purged: z.int().openapi({ example: 3 }) }).openapi("Purged");

export const schemaStateSchema = z
  .object({
    state: z.enum(["current", "behind", "ahead", "unreachable"]),
    database: z.array(z.string()).openapi({ example: ["2026_02_21_005"] }),
    code: z.array(z.string()).openapi({ example: ["2026_02_21_005"] }),
    message: z.string().openapi({ example: "The database and the code agree." }),
    command: z.string().optional().openapi({ example: "make db-upgrade" }),
  })
  .openapi("SchemaState");

export const healthSchema = z.object({ status: z.literal("ok"), warning: z.string().optional() }).openapi("Health");

/** How errors are told: https://www.rfc-editor.org/rfc/rfc9457 */
export const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    title: z.string().openapi({ example: "Not Found" }),
    status: z.int().openapi({ example: 404 }),
    detail: z.string().openapi({ example: "There is no live todo with the id 7." }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: "What is wrong with which field" }),
    command: z.string().optional().openapi({ description: "What to type about it" }),
  })
  .openapi("Problem");
