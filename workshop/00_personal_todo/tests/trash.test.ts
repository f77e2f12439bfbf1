/** The contract of the trash, over HTTP. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client, countStatuses, type Todo } from "./support/client.ts";
import { service } from "./support/service.ts";

const api = new Client(service);

const DAY = 24 * 60 * 60 * 1000;

async function createDeleted(title: string): Promise<Todo> {
  const { id } = await api.create(title);
  assert.equal((await api.delete(`/todos/${id}`)).status, 204);
  const found = await findInTrash(id);
  assert.ok(found);
  return found;
}

async function findInTrash(id: number): Promise<Todo | undefined> {
  const { body } = await api.get("/trash?limit=100");
  return body.items.find((todo) => todo.id === id);
}

/** As if days had passed since a todo was deleted. */
async function age(id: number, days: number): Promise<void> {
  const deleted_at = new Date(Date.now() - days * DAY);
  await service.db.updateTable("todos").set({ deleted_at }).where("id", "=", id).execute();
}

describe("DELETE /todos/:id", () => {
  it("moves a todo to the trash, out of sight of everything else", async () => {
    const todo = await api.create("Buy milk", { description: "Blue lid" });
    const { status, body } = await api.delete(`/todos/${todo.id}`);
    assert.equal(status, 204);
    assert.equal(body, undefined);
    const path = `/todos/${todo.id}`;
    assert.equal((await api.get(path)).status, 404);
    assert.equal((await api.patch(path, { title: "b" })).status, 404);
    assert.equal((await api.post(`${path}/complete`)).status, 404);
    assert.deepEqual((await api.get("/todos?search=milk")).body.items, []);
    const found = await findInTrash(todo.id);
    assert.ok(found?.deleted_at);
    assert.deepEqual(found, { ...todo, deleted_at: found.deleted_at });
    const ago = Date.now() - Date.parse(found.deleted_at);
    assert.match(found.deleted_at, /Z$/);
    assert.ok(ago > -5000 && ago < 120_000);
  });

  it("keeps the time of the first deletion", async () => {
    const todo = await createDeleted("Buy milk");
    await age(todo.id, 3);
    const aged = await findInTrash(todo.id);
    assert.notEqual(aged?.deleted_at, todo.deleted_at);
    assert.equal((await api.delete(`/todos/${todo.id}`)).status, 404);
    assert.deepEqual(await findInTrash(todo.id), aged);
  });

  it("succeeds once where many try", async () => {
    const { id } = await api.create("Buy milk");
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.delete(`/todos/${id}`)));
    assert.deepEqual(countStatuses(answers), { 204: 1, 404: 5 });
  });
});

describe("GET /trash", () => {
  it("gives pages of what is deleted, and nothing that is live", async () => {
    await api.create("Live");
    for (const title of ["One", "Two", "Three"]) await createDeleted(title);
    const first = await api.get("/trash?limit=2");
    assert.deepEqual(
      first.body.items.map(({ title }) => title),
      ["Three", "Two"],
    );
    const second = await api.get(`/trash?limit=2&cursor=${first.body.next_cursor}`);
    assert.deepEqual(
      second.body.items.map(({ title }) => title),
      ["One"],
    );
    assert.equal(second.body.next_cursor, null);
    assert.equal((await api.get("/trash?search=thr")).body.items.length, 1);
    assert.equal((await api.get("/trash?completed=true")).status, 422);
  });

  it("holds any number of todos with one title", async () => {
    for (let count = 1; count <= 3; count++) await createDeleted("Buy milk");
    assert.equal((await api.get("/trash")).body.items.length, 3);
  });
});

describe("POST /todos/:id/restore", () => {
  it("brings a todo back as it was", async () => {
    const todo = await api.create("Buy milk", { description: "Blue lid", is_completed: true });
    await api.delete(`/todos/${todo.id}`);
    const { status, body } = await api.post(`/todos/${todo.id}/restore`);
    assert.equal(status, 200);
    assert.deepEqual(body, todo);
    assert.deepEqual((await api.get(`/todos/${todo.id}`)).body, todo);
    assert.equal(await findInTrash(todo.id), undefined);
  });

  it("refuses a todo that is live", async () => {
    const { id } = await api.create("Buy milk");
    const { status, body } = await api.post(`/todos/${id}/restore`);
    assert.equal(status, 409);
    assert.match(body.detail, /not in the trash/);
  });

  it("refuses a todo whose title a live one has, and leaves it in the trash as it is", async () => {
    const old = await createDeleted("Buy milk");
    const { id } = await api.create("Buy milk");
    const { status, body } = await api.post(`/todos/${old.id}/restore`);
    assert.equal(status, 409);
    assert.match(body.detail, /Buy milk/);
    assert.deepEqual(await findInTrash(old.id), old);
    await api.patch(`/todos/${id}`, { title: "Buy more milk" });
    assert.equal((await api.post(`/todos/${old.id}/restore`)).status, 200);
  });

  it("brings back one of several with one title, where all are asked for at once", async () => {
    const todos = [await createDeleted("Milk"), await createDeleted("Milk"), await createDeleted("Milk")];
    const answers = await Promise.all(todos.map(({ id }) => api.post(`/todos/${id}/restore`)));
    assert.deepEqual(countStatuses(answers), { 200: 1, 409: 2 });
    assert.equal((await api.get("/todos")).body.items.length, 1);
    assert.equal((await api.get("/trash")).body.items.length, 2);
  });
});

describe("DELETE /trash/:id", () => {
  it("deletes for good what is in the trash, and only that", async () => {
    const { id } = await createDeleted("Buy milk");
    assert.equal((await api.delete(`/trash/${id}`)).status, 204);
    assert.equal((await api.delete(`/trash/${id}`)).status, 404);
    assert.equal((await api.post(`/todos/${id}/restore`)).status, 404);
    const live = await api.create("Buy bread");
    const { status, body } = await api.delete(`/trash/${live.id}`);
    assert.equal(status, 409);
    assert.match(body.detail, /live/);
    assert.deepEqual((await api.get(`/todos/${live.id}`)).body, live);
  });
});

describe("POST /trash/purge", () => {
  it("deletes what has been in the trash for 30 days, and nothing else", async () => {
    const live = await api.create("Live");
    for (const [title, days] of [
      ["Old", 31],
      ["Due", 30.001],
      ["Young", 29.999],
      ["New", 0],
    ] as const) {
      await age((await createDeleted(title)).id, days);
    }
    const { status, body } = await api.post("/trash/purge");
    assert.equal(status, 200);
    assert.deepEqual(body, { purged: 2 });
    assert.deepEqual(
      (await api.get("/trash")).body.items.map(({ title }) => title),
      ["New", "Young"],
    );
    assert.deepEqual((await api.post("/trash/purge")).body, { purged: 0 });
    assert.equal((await api.get(`/todos/${live.id}`)).status, 200);
  });

  it("refuses a number of days in a body, which it would pass over", async () => {
    await age((await createDeleted("Old")).id, 31);
    assert.equal((await api.post("/trash/purge", { older_than_days: 90 })).status, 400);
    assert.deepEqual((await api.post("/trash/purge", {})).body, { purged: 1 });
  });

  it("takes another number of days, 0 for all", async () => {
    for (const days of [1, 5]) await age((await createDeleted(`${days}`)).id, days + 0.1);
    assert.deepEqual((await api.post("/trash/purge?older_than_days=6")).body, { purged: 0 });
    assert.deepEqual((await api.post("/trash/purge?older_than_days=5")).body, { purged: 1 });
    await createDeleted("just now");
    assert.deepEqual((await api.post("/trash/purge?older_than_days=0")).body, { purged: 2 });
    for (const days of ["-1", "1.5", "", "many", "100000"]) {
      assert.equal((await api.post(`/trash/purge?older_than_days=${days}`)).status, 422);
    }
  });
});
