import { finding, type Check, type Exercise, type Finding } from "../../exercise.ts";
import { withService, type Service } from "../../checks/service.ts";
import { replace, type Step } from "../../step.ts";

const CRUD = "app/services/todo-crud.ts";

async function readDeletion({ database }: Service, id: number): Promise<unknown> {
  const [row] = await database.query(`SELECT deleted_at FROM todos WHERE id = ${id}`);
  return row === undefined ? "gone" : row["deleted_at"];
}

async function findInDeleting(service: Service): Promise<Finding | undefined> {
  const id = await service.create("Buy milk");
  const { status } = await service.ask("DELETE", `/todos/${id}`);
  const deletion = await readDeletion(service, id);
  if (deletion === "gone")
    return finding(
      "row-gone",
      "After DELETE the row is gone from the database, for good.",
      `In ${CRUD}, let deleteTodo() set deleted_at`,
    );
  if (deletion === null || status !== 204)
    return finding(
      "not-deleted",
      `DELETE answers ${status}, and deleted_at is ${deletion === null ? "NULL" : "set"}.`,
      `In ${CRUD}, let deleteTodo() set deleted_at where it is NULL, and say whether it found a row`,
    );
  return undefined;
}

const deletesSoftly: Check = {
  title: "DELETE keeps the row, and notes the time",
  find: (learner) => withService(learner, findInDeleting),
};

async function findInHiding({ ask, create }: Service): Promise<Finding | undefined> {
  await create("Water the plants");
  const id = await create("Buy milk");
  await ask("DELETE", `/todos/${id}`);
  const { body } = await ask("GET", "/todos");
  if (!Array.isArray(body["items"]) || body["items"].length !== 1)
    return finding("still-listed", "The list still shows a deleted todo.", `In ${CRUD}, see to listTodos()`);
  if ((await ask("GET", `/todos/${id}`)).status !== 404)
    return finding("still-readable", "A deleted todo can still be read by its id.", `In ${CRUD}, see to getTodo()`);
  const { status } = await ask("PATCH", `/todos/${id}`, { title: "Buy oat milk" });
  return status === 404
    ? undefined
    : finding("still-changeable", "A deleted todo can still be changed.", `In ${CRUD}, see to updateTodo()`);
}

const hidesTheDead: Check = {
  title: "The dead are not listed, read or changed",
  find: (learner) => withService(learner, findInHiding),
};

async function findInSecondDeletion(service: Service): Promise<Finding | undefined> {
  const id = await service.create("Buy milk");
  await service.ask("DELETE", `/todos/${id}`);
  await service.database.execute(`UPDATE todos SET deleted_at = '2026-01-01T00:00:00.000Z' WHERE id = ${id}`);
  const before = await readDeletion(service, id);
  const { status } = await service.ask("DELETE", `/todos/${id}`);
  const after = await readDeletion(service, id);
  if (String(before) !== String(after))
    return finding(
      "time-overwritten",
      "A second DELETE changes the time of the first one, and the todo would be kept longer than it may.",
      `In ${CRUD}, let deleteTodo() change live rows only: where deleted_at is NULL`,
    );
  return status === 404
    ? undefined
    : finding(
        "second-delete-succeeds",
        `A second DELETE answers ${status} instead of 404.`,
        `In ${CRUD}, see to deleteTodo()`,
      );
}

const secondIsNothing: Check = {
  title: "A second DELETE answers 404, and the first time stays",
  find: (learner) => withService(learner, findInSecondDeletion),
};

const LIVE = '.where("deleted_at", "is", null)';

const LIST = replace(
  CRUD,
  'let query = db.selectFrom("todos").select(COLUMNS);',
  `let query = db.selectFrom("todos").select(COLUMNS)${LIVE};`,
);
const GET = replace(
  CRUD,
  'select(COLUMNS).where("id", "=", id).executeTakeFirst()',
  `select(COLUMNS).where("id", "=", id)${LIVE}.executeTakeFirst()`,
);
const UPDATE = replace(
  CRUD,
  `    .where("id", "=", id)
    .execute();
  return getTodo`,
  `    .where("id", "=", id)
    ${LIVE}
    .execute();
  return getTodo`,
);
const HARD = `  const { numDeletedRows } = await db.deleteFrom("todos").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0;`;

const deleteWith = (condition: string): Step =>
  replace(
    CRUD,
    HARD,
    `  const { numUpdatedRows } = await db
    .updateTable("todos")
    .set({ deleted_at: new Date() })
    .where("id", "=", id)${condition === "" ? "" : `\n    ${condition}`}
    .executeTakeFirst();
  return numUpdatedRows > 0;`,
  );
const DELETE = deleteWith(LIVE);

/** Exercise 12. */
export const deleteSoftly: Exercise = {
  id: "12-delete-softly",
  part: "Soft delete",
  title: "Delete softly",
  minutes: 10,
  text: [
    `The database is ready; now the code. In ${CRUD}, deleting is to set deleted_at, and whatever reads or changes todos is to pass over the dead.`,
    "Try it by hand, if you like: `node main.ts`, then http://127.0.0.1:8000/docs.",
    "Your service is started on a hidden database, and asked over HTTP.",
  ],
  checks: [deletesSoftly, hidesTheDead, secondIsNothing],
  hints: [
    "Four functions change: listTodos, getTodo, updateTodo, deleteTodo.",
    `Each gets  ${LIVE}  and deleteTodo becomes an update.`,
    `deleteTodo:  db.updateTable("todos").set({ deleted_at: new Date() }), where the id fits and deleted_at is null; numUpdatedRows says whether there was one.`,
  ],
  solution: [LIST, GET, UPDATE, DELETE],
  wrongStates: [
    { trips: "row-gone", steps: [LIST, GET, UPDATE] },
    { trips: "still-listed", steps: [GET, UPDATE, DELETE] },
    { trips: "still-readable", steps: [LIST, UPDATE, DELETE] },
    { trips: "time-overwritten", steps: [LIST, GET, UPDATE, deleteWith("")] },
    {
      trips: "service-does-not-start",
      steps: [LIST, GET, UPDATE, DELETE, replace(CRUD, "export async function getTodo", "async function getTodo")],
    },
  ],
  learned:
    "One place with all the SQL is worth a lot: a filter that is forgotten somewhere else shows the dead to everybody.",
};
