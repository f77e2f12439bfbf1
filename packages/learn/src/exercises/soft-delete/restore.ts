import { withService, type Service } from "../../checks/service.ts";
import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { replace, write, type Step } from "../../step.ts";

const CRUD = "app/services/todo-crud.ts";
const API = "app/api/trash-api.ts";
const APP = "app/app.ts";

/** The routes; what they call is for the learner to write. */
const TRASH_API = `/** Todos in the trash: deleted, and still there. Not served yet. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { isUniqueViolation } from "../core/database.ts";
import { idSchema, todoSchema } from "../schemas.ts";
import { purgeTodos, restoreTodo } from "../services/todo-crud.ts";
import { json, present } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { Problem, problems, refuseInvalid } from "./problem.ts";

export const trashApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

const restoreRoute = createRoute({
  method: "post",
  path: "/todos/{id}/restore",
  tags: ["Trash"],
  summary: "Take a todo out of the trash",
  request: { params: idSchema },
  responses: { 200: json(todoSchema, "The todo, live again"), ...problems({ 404: "It is not in the trash", 409: "A live todo has its title" }) },
});

trashApi.openapi(restoreRoute, async (c) => {
  const { id } = c.req.valid("param");
  try {
    const todo = await restoreTodo(c.var.db, id);
    if (todo === undefined) throw new Problem(404, \`There is no todo with the id \${id} in the trash.\`);
    return c.json(present(todo), 200);
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem(409, "A live todo has the same title.");
    throw error;
  }
});

const purgeRoute = createRoute({
  method: "post",
  path: "/trash/purge",
  tags: ["Trash"],
  summary: "Delete for good what has been in the trash for long",
  request: { query: z.strictObject({ older_than_days: z.coerce.number().int().min(0).default(30) }) },
  responses: { 200: json(z.object({ purged: z.int() }), "How many todos are gone") },
});

trashApi.openapi(purgeRoute, async (c) => {
  const { older_than_days: days } = c.req.valid("query");
  const purged = await purgeTodos(c.var.db, new Date(Date.now() - days * MILLISECONDS_PER_DAY));
  return c.json({ purged }, 200);
});
`;

async function countRows({ database }: Service): Promise<number> {
  return (await database.query("SELECT id FROM todos")).length;
}

async function findInRestoring({ ask, create }: Service): Promise<Finding | undefined> {
  const id = await create("Tea");
  await ask("DELETE", `/todos/${id}`);
  const { status } = await ask("POST", `/todos/${id}/restore`);
  const live = await ask("GET", `/todos/${id}`);
  if (status !== 200 || live.status !== 200)
    return finding(
      "not-restored",
      `POST /todos/${id}/restore answers ${status}, and the todo then answers ${live.status}.`,
      `Write restoreTodo() in ${CRUD}, and serve trashApi in ${APP}`,
    );
  const again = await ask("POST", `/todos/${id}/restore`);
  return again.status === 404
    ? undefined
    : finding(
        "restored-a-live-one",
        `Restoring a todo that is live answers ${again.status} instead of 404.`,
        `In ${CRUD}, let restoreTodo() give nothing where deleted_at is NULL`,
      );
}

const restores: Check = {
  title: "A todo in the trash can be restored, a live one cannot",
  find: (learner) => withService(learner, findInRestoring),
};

async function findInConflict({ ask, create }: Service): Promise<Finding | undefined> {
  const first = await create("Tea");
  await ask("DELETE", `/todos/${first}`);
  await create("Tea");
  const { status } = await ask("POST", `/todos/${first}/restore`);
  return status === 409
    ? undefined
    : finding(
        "conflict-not-told",
        `Restoring a todo whose title a live one has by now answers ${status} instead of 409.`,
        `Let the error of the database through in restoreTodo(): ${API} makes a 409 of it`,
      );
}

const conflictIsTold: Check = {
  title: "Where a live todo has the title by now, the answer is 409",
  find: (learner) => withService(learner, findInConflict),
};

async function findInPurging(service: Service): Promise<Finding | undefined> {
  const { ask, create, database } = service;
  const ids = [await create("Live"), await create("Old"), await create("New")];
  const [, old = 0, fresh = 0] = ids;
  for (const id of [old, fresh]) await ask("DELETE", `/todos/${id}`);
  const month = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000).toISOString();
  await database.execute(`UPDATE todos SET deleted_at = '${month}' WHERE id = ${old}`);
  const { status, body } = await ask("POST", "/trash/purge?older_than_days=30");
  const left = await countRows(service);
  if (status !== 200 || left === ids.length)
    return finding(
      "nothing-purged",
      `A purge answers ${status}, and no todo is gone.`,
      `Write purgeTodos() in ${CRUD}`,
    );
  if (left < ids.length - 1)
    return finding(
      "purged-too-much",
      `One todo has been in the trash for 40 days, one for none, and one is live: of the three ${left} are left after a purge.`,
      `In ${CRUD}, let purgeTodos() delete only where deleted_at is before the moment that it is given`,
    );
  return body["purged"] === 1
    ? undefined
    : finding(
        "purge-miscounted",
        `One todo was purged, and the answer says ${String(body["purged"])}.`,
        "Return how many rows were deleted",
      );
}

const purges: Check = {
  title: "A purge takes only what has been in the trash for long enough",
  find: (learner) => withService(learner, findInPurging),
};

const END = "/** Deletes a todo";
const RESTORE = `/** Takes a todo out of the trash; gives nothing where it is not in there. */
export async function restoreTodo(db: Database, id: number): Promise<Todo | undefined> {
  const { numUpdatedRows } = await db
    .updateTable("todos")
    .set({ deleted_at: null })
    .where("id", "=", id)
    .where("deleted_at", "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0 ? getTodo(db, id) : undefined;
}

`;
const PURGE = `/** Deletes for good what has been in the trash since before a moment; says how many todos that were. */
export async function purgeTodos(db: Database, deletedBefore: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("todos").where("deleted_at", "<=", deletedBefore).executeTakeFirst();
  return Number(numDeletedRows);
}

`;
const functions = (restore: string, purge: string): Step => replace(CRUD, END, `${restore}${purge}${END}`);
const SERVE: readonly Step[] = [
  replace(
    APP,
    'import { todoApi } from "./api/todo-api.ts";\n',
    'import { todoApi } from "./api/todo-api.ts";\nimport { trashApi } from "./api/trash-api.ts";\n',
  ),
  replace(APP, "[todoApi, healthApi]", "[todoApi, trashApi, healthApi]"),
];

/** Exercise 15. */
export const restore: Exercise = {
  id: "15-restore",
  part: "Soft delete",
  title: "Restore, and purge",
  minutes: 10,
  text: [
    `A trash is for taking things out again, and for being emptied one day. The routes are in ${API}: read them. What they call is missing: restoreTodo() and purgeTodos() in ${CRUD}.`,
    `Write both, and serve trashApi in ${APP}, beside todoApi. A restored todo may find that its title is taken: the database says so, and the client is to hear 409.`,
  ],
  start: [write(API, TRASH_API)],
  checks: [restores, conflictIsTold, purges],
  hints: [
    "restoreTodo is deleteTodo the other way round: it sets deleted_at to null, and only where it is not null.",
    "purgeTodos deletes where deleted_at is at most the moment that it is given. NULL is never at most anything.",
    'For restoreTodo:  .set({ deleted_at: null }).where("id", "=", id).where("deleted_at", "is not", null)  then getTodo(db, id) if numUpdatedRows > 0.',
  ],
  solution: [functions(RESTORE, PURGE), ...SERVE],
  wrongStates: [
    { trips: "not-restored", steps: [functions(RESTORE, PURGE)] },
    {
      trips: "restored-a-live-one",
      steps: [functions(RESTORE.replace('\n    .where("deleted_at", "is not", null)', ""), PURGE), ...SERVE],
    },
    {
      trips: "purged-too-much",
      steps: [
        functions(RESTORE, PURGE.replace('"deleted_at", "<=", deletedBefore', '"deleted_at", "is not", null')),
        ...SERVE,
      ],
    },
    {
      trips: "conflict-not-told",
      steps: [
        functions(
          RESTORE.replace(
            "    .executeTakeFirst();",
            "    .executeTakeFirst()\n    .catch(() => ({ numUpdatedRows: 0n }));",
          ),
          PURGE,
        ),
        ...SERVE,
      ],
    },
    { trips: "service-does-not-start", steps: SERVE },
  ],
  learned:
    "Dead is not erased: for those who ask to be forgotten, and for the size of the tables, something has to purge in the end.",
};
