/** Random sequences of requests against a model of the service, and what must hold in the database after each. */
import * as fc from "fast-check";
import assert from "node:assert/strict";
import { it } from "node:test";
import { api } from "./support/client.ts";
import { Model, type Row } from "./support/model.ts";
import { emptyTables, service } from "./support/service.ts";

/** Does something with the service, and the same with the model. */
type Action = (model: Model) => Promise<void>;

const title = fc.constantFrom("Milk", "milk", "Bread", "Ärger");
const number = fc.nat(20);

const createList = title.map((name): Action => async (model) => {
  const { status, body } = await api.post("/lists", { title: name });
  assert.equal(status, model.hasLiveTwin({ kind: "lists", title: name }) ? 409 : 201);
  if (status === 409) return;
  const state = { state: "live", group: null, deletedAt: null } as const;
  model.rows.push({ kind: "lists", id: body.id, title: name, version: 1, ...state });
});

const createTodo = fc
  .tuple(title, fc.option(number, { nil: undefined }))
  .map(([name, place]): Action => async (model) => {
    const list = place === undefined ? undefined : model.pick("lists", place);
    const { status, body } = await api.post("/todos", { title: name, list_id: list?.id ?? null });
    const refused = list?.state === "trash" || model.hasLiveTwin({ kind: "todos", title: name });
    assert.equal(status, list?.state === "gone" ? 422 : refused ? 409 : 201);
    if (status !== 201) return;
    const state = { state: "live", group: null, deletedAt: null } as const;
    model.rows.push({ kind: "todos", id: body.id, title: name, version: 1, list, ...state });
  });

/** An action on one of the rows that there were so far, gone ones among them; nothing where there was none. */
const onOne = (kind: Row["kind"], run: (row: Row, model: Model) => Promise<void>) =>
  number.map((which): Action => async (model) => {
    const row = model.pick(kind, which);
    if (row) await run(row, model);
  });

const remove = (kind: Row["kind"]) =>
  onOne(kind, async (row, model) => {
    const { status, body } = await api.delete(`/${kind}/${row.id}`);
    assert.equal(status, row.state === "live" ? 200 : 404);
    if (status === 404) return;
    if (kind === "lists") assert.equal(body.deleted_todos, model.listDeleted(row).length - 1);
    model.delete(row, body.deletion_id, body.deleted_at);
  });

const move = fc
  .tuple(number, fc.option(number, { nil: undefined }), fc.boolean())
  .map(([which, place, isStale]): Action => async (model) => {
    const todo = model.pick("todos", which);
    if (!todo) return;
    const list = place === undefined ? undefined : model.pick("lists", place);
    const etag = `"${todo.version - (isStale ? 1 : 0)}"`;
    const { status } = await api.change(`/todos/${todo.id}`, { list_id: list?.id ?? null }, etag);
    const byList = { live: 200, trash: 409, gone: 422 }[list?.state ?? "live"];
    assert.equal(status, todo.state !== "live" ? 404 : isStale ? 412 : byList);
    if (status !== 200) return;
    todo.list = list;
    todo.version++;
  });

const restoreList = onOne("lists", async (list, model) => {
  const { status } = await api.post(`/lists/${list.id}/restore`);
  assert.equal(status, { live: 409, trash: model.canRestoreList(list) ? 200 : 409, gone: 404 }[list.state]);
  if (status === 200) model.restoreList(list);
});

const restoreTodo = fc.tuple(number, fc.boolean()).map(([which, cascade]): Action => async (model) => {
  const todo = model.pick("todos", which);
  if (!todo) return;
  const { status } = await api.post(`/todos/${todo.id}/restore?cascade=${cascade}`);
  const list = todo.list?.state === "trash" ? todo.list : undefined;
  const comesAlong = list !== undefined && model.listGroup(list).includes(todo);
  // With its list another todo of this title may come back.
  const isBlocked =
    model.hasLiveTwin(todo) ||
    (list !== undefined && (!cascade || !model.canRestoreList(list))) ||
    (list !== undefined && !comesAlong && model.listGroup(list).some((one) => one.title === todo.title));
  assert.equal(status, { live: 409, trash: isBlocked ? 409 : 200, gone: 404 }[todo.state]);
  if (status !== 200) return;
  if (list !== undefined) model.restoreList(list);
  if (!comesAlong) model.revive(todo);
});

const destroy = (kind: Row["kind"]) =>
  onOne(kind, async (row, model) => {
    const { status } = await api.delete(kind === "lists" ? `/trash/lists/${row.id}` : `/trash/${row.id}`);
    assert.equal(status, { live: 409, trash: 204, gone: 404 }[row.state]);
    if (status !== 204) return;
    for (const one of model.rows) if (one === row || one.list === row) one.state = "gone";
  });

const purge = fc.constantFrom(0, 30).map((days): Action => async (model) => {
  const due = model.rows.filter(({ state }) => state === "trash" && days === 0);
  const { body } = await api.post(`/trash/purge?older_than_days=${days}`);
  const count = (kind: Row["kind"]) => due.filter((row) => row.kind === kind).length;
  assert.deepEqual([body.purged, body.purged_lists], [count("todos"), count("lists")]);
  for (const row of due) row.state = "gone";
});

/** The rows as they are in the database, whatever the service says. */
async function readRows(kind: Row["kind"]): Promise<unknown[]> {
  const columns = ["id", "title", "version", "deletion_id", "deleted_at"] as const;
  const rows = await service.db.selectFrom(kind).select(columns).orderBy("id").execute();
  return rows.map((row) => ({ ...row, deleted_at: row.deleted_at?.toISOString() ?? null }));
}

const expectRows = (model: Model, kind: Row["kind"]): unknown[] =>
  model.rows
    .filter((row) => row.kind === kind && row.state !== "gone")
    .map(({ id, title: name, version, group, deletedAt }) => ({
      id,
      title: name,
      version,
      deletion_id: group,
      deleted_at: deletedAt,
    }));

async function assertNoLiveTodoInDeadList(): Promise<void> {
  const found = service.db.selectFrom("todos").innerJoin("lists", "lists.id", "todos.list_id").select("todos.id");
  const wrong = found.where("todos.deleted_at", "is", null).where("lists.deleted_at", "is not", null);
  assert.deepEqual(await wrong.execute(), []);
}

async function assertLiveTitlesUnique(kind: Row["kind"]): Promise<void> {
  const live = await service.db.selectFrom(kind).select("title").where("deleted_at", "is", null).execute();
  assert.equal(new Set(live.map(({ title: name }) => name)).size, live.length);
}

const action = fc.oneof(
  { weight: 2, arbitrary: createList },
  { weight: 5, arbitrary: createTodo },
  { weight: 3, arbitrary: remove("lists") },
  { weight: 2, arbitrary: remove("todos") },
  { weight: 3, arbitrary: restoreList },
  { weight: 3, arbitrary: restoreTodo },
  move,
  destroy("lists"),
  destroy("todos"),
  purge,
);

it("any sequence of requests leaves what the model says", { timeout: 600_000 }, async () => {
  // Long ones: only what has been deleted for a while can come back wrong.
  const sequences = fc.array(action, { minLength: 20, maxLength: 60, size: "max" });
  const property = fc.asyncProperty(sequences, async (actions) => {
    await emptyTables();
    const model = new Model();
    for (const run of actions) {
      await run(model);
      await assertNoLiveTodoInDeadList();
    }
    for (const kind of ["lists", "todos"] as const) {
      assert.deepEqual(await readRows(kind), expectRows(model, kind));
      await assertLiveTitlesUnique(kind);
    }
  });
  const isLong = process.env["LIMBECK_LONG"] === "1";
  await fc.assert(property, isLong ? { numRuns: 500 } : { numRuns: 10, seed: 20_260_221 });
});
