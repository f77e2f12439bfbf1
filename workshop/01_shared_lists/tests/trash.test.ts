/** The contract of the trash: what goes together comes back together. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countStatuses } from "../../00_personal_todo/tests/support/client.ts";
import { api, deadTitles, liveTitles, titlesOf, type Fields } from "./support/client.ts";
import { service } from "./support/service.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A list with todos in it. */
async function createFilled(title: string, todos: string[]): Promise<{ list: Fields; todos: Fields[] }> {
  const list = await api.createList(title);
  const created: Fields[] = [];
  for (const todo of todos) created.push(await api.create(todo, { list_id: list.id }));
  return { list, todos: created };
}

const restore = (kind: "lists" | "todos", id: number, query = "") => api.post(`/${kind}/${id}/restore${query}`);

describe("DELETE", () => {
  it("answers with what is in the trash now, and when a purge takes it away", async () => {
    const { id } = await api.create("Milk");
    const deleted = await api.trash(`/todos/${id}`);
    assert.match(deleted.deleted_at ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(Date.parse(deleted.purge_at ?? "") - Date.parse(deleted.deleted_at ?? ""), 30 * DAY);
    const [found] = (await api.get("/trash")).body.items;
    assert.deepEqual(found, deleted);
    assert.equal((await api.get(`/todos/${id}`)).status, 404);
  });

  it("takes the live todos of a list along, all with one deletion_id, and nothing else", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread", "Butter"]);
    await createFilled("Garden", ["Rake"]);
    await api.create("Call home");
    const earlier = await api.trash(`/todos/${todos[0]?.id}`);
    const deleted = await api.trash(`/lists/${list.id}`);
    assert.equal(deleted.deleted_todos, 2);
    assert.deepEqual(await liveTitles(), ["Call home", "Rake"]);
    const { items } = (await api.get("/trash")).body;
    assert.deepEqual(
      items.map(({ title, deletion_id, deleted_at }) => [title, deletion_id, deleted_at]),
      [
        ["Butter", deleted.deletion_id, deleted.deleted_at],
        ["Bread", deleted.deletion_id, deleted.deleted_at],
        ["Milk", earlier.deletion_id, earlier.deleted_at],
      ],
    );
    assert.notEqual(earlier.deletion_id, deleted.deletion_id);
    const [found] = (await api.get("/trash/lists")).body.items;
    assert.equal(found?.deletion_id, deleted.deletion_id);
  });

  it("happens once, and the time of the first one stays", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk"]);
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.delete(`/lists/${list.id}`)));
    assert.deepEqual(countStatuses(answers), { 200: 1, 404: 3 });
    const before = (await api.get("/trash")).body.items;
    assert.equal((await api.delete(`/lists/${list.id}`)).status, 404);
    assert.equal((await api.delete(`/todos/${todos[0]?.id}`)).status, 404);
    assert.deepEqual((await api.get("/trash")).body.items, before);
  });
});

describe("POST /lists/:id/restore", () => {
  it("brings back exactly what went with the list", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread", "Butter"]);
    await api.trash(`/todos/${todos[0]?.id}`);
    await api.trash(`/lists/${list.id}`);
    const { status, body } = await restore("lists", list.id);
    assert.equal(status, 200);
    assert.deepEqual(body, { ...list, version: 3 });
    assert.deepEqual(titlesOf((await api.get(`/todos?list_id=${list.id}`)).body), ["Butter", "Bread"]);
    assert.deepEqual(await deadTitles(), ["Milk"]);
    // The group is over: what was in it goes by itself from now on.
    await api.trash(`/todos/${todos[1]?.id}`);
    await api.trash(`/lists/${list.id}`);
    await restore("lists", list.id);
    assert.deepEqual(await liveTitles(), ["Butter"]);
  });

  it("refuses a list whose title is taken, and takes another one", async () => {
    const { list } = await createFilled("Groceries", ["Milk"]);
    await api.trash(`/lists/${list.id}`);
    const twin = await api.createList("Groceries");
    const { status, body } = await restore("lists", list.id);
    assert.equal(status, 409);
    assert.equal(body.blocking_id, twin.id);
    assert.equal(body.fix, `POST /lists/${list.id}/restore?title=...`);
    assert.deepEqual(await liveTitles(), []);
    const renamed = await restore("lists", list.id, "?title=Old%20groceries");
    assert.equal(renamed.status, 200);
    assert.equal(renamed.body.title, "Old groceries");
    assert.deepEqual(await liveTitles(), ["Milk"]);
  });

  it("brings nothing back where the title of one of its todos is taken", async () => {
    const { list } = await createFilled("Groceries", ["Milk", "Bread"]);
    await api.trash(`/lists/${list.id}`);
    const twin = await api.create("Bread");
    const { status, body } = await restore("lists", list.id);
    assert.equal(status, 409);
    assert.equal(body.blocking_id, twin.id);
    assert.match(body.fix, new RegExp(`^PATCH /todos/${twin.id} `));
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Bread"], ["Bread", "Milk"]]);
    assert.equal((await api.get(`/lists/${list.id}`)).status, 404);
    await api.change(`/todos/${twin.id}`, { title: "More bread" });
    assert.equal((await restore("lists", list.id)).status, 200);
    assert.deepEqual(await liveTitles(), ["Bread", "Milk", "More bread"]);
  });

  it("refuses a list that is live, and finds none where there is none", async () => {
    const { id } = await api.createList("Groceries");
    assert.equal((await restore("lists", id)).status, 409);
    assert.equal((await restore("lists", id + 100)).status, 404);
  });
});

describe("POST /todos/:id/restore", () => {
  it("brings a todo back as it was", async () => {
    const todo = await api.create("Milk", { description: "Blue lid", is_completed: true });
    await api.trash(`/todos/${todo.id}`);
    const { status, body } = await restore("todos", todo.id);
    assert.equal(status, 200);
    assert.deepEqual(body, { ...todo, version: 3 });
    assert.equal((await restore("todos", todo.id)).status, 409);
    assert.equal((await restore("todos", todo.id + 100)).status, 404);
  });

  it("refuses a todo whose title is taken, and takes another one", async () => {
    const old = await api.create("Milk");
    await api.trash(`/todos/${old.id}`);
    const twin = await api.create("Milk");
    const { status, body } = await restore("todos", old.id);
    assert.equal(status, 409);
    assert.equal(body.blocking_id, twin.id);
    assert.equal(body.fix, `POST /todos/${old.id}/restore?title=...`);
    assert.equal((await restore("todos", old.id, "?title=Milk")).status, 409);
    assert.deepEqual(await deadTitles(), ["Milk"]);
    assert.equal((await restore("todos", old.id, "?title=Old%20milk")).body.title, "Old milk");
    assert.deepEqual(await liveTitles(), ["Milk", "Old milk"]);
    assert.equal((await restore("todos", old.id, "?title=")).status, 422);
  });

  it("refuses a todo whose list is in the trash, and says what to do", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread"]);
    const id = todos[0]?.id ?? 0;
    await api.trash(`/lists/${list.id}`);
    const { status, body } = await restore("todos", id);
    assert.equal(status, 409);
    assert.equal(body.blocking_id, list.id);
    assert.match(body.detail, new RegExp(`restore list ${list.id} first`));
    assert.match(body.fix, /\?cascade=true/);
    assert.deepEqual(await liveTitles(), []);
  });

  it("brings its list back as well, with what went with that, if told to", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread", "Butter"]);
    const [milk, bread, butter] = todos.map(({ id }) => id);
    await api.trash(`/todos/${milk}`);
    await api.trash(`/todos/${bread}`);
    await api.trash(`/lists/${list.id}`);
    // One that had gone before: it comes back too, the other one not.
    const { status, body } = await restore("todos", milk ?? 0, "?cascade=true");
    assert.equal(status, 200);
    assert.equal(body.list_id, list.id);
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Butter", "Milk"], ["Bread"]]);
    // One that went with the list.
    await api.trash(`/lists/${list.id}`);
    const renamed = await restore("todos", butter ?? 0, "?cascade=true&title=Soft%20butter");
    assert.equal(renamed.body.title, "Soft butter");
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Milk", "Soft butter"], ["Bread"]]);
    assert.equal((await restore("todos", bread ?? 0, "?cascade=maybe")).status, 422);
  });
});

describe("what goes for good", () => {
  it("is a todo or a list in the trash, the list with its todos", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread"]);
    const id = todos[0]?.id ?? 0;
    assert.equal((await api.delete(`/trash/${id}`)).status, 409);
    assert.equal((await api.delete(`/trash/lists/${list.id}`)).status, 409);
    await api.trash(`/todos/${id}`);
    assert.equal((await api.delete(`/trash/${id}`)).status, 204);
    assert.equal((await api.delete(`/trash/${id}`)).status, 404);
    await api.trash(`/lists/${list.id}`);
    await api.create("Call home");
    assert.equal((await api.delete(`/trash/lists/${list.id}`)).status, 204);
    assert.equal((await api.delete(`/trash/lists/${list.id}`)).status, 404);
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Call home"], []]);
    assert.equal((await restore("lists", list.id)).status, 404);
  });

  it("is by a purge what has been in the trash for long enough", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk", "Bread"]);
    await createFilled("Garden", ["Rake"]);
    await api.trash(`/todos/${todos[0]?.id}`);
    await api.trash(`/lists/${list.id}`);
    assert.deepEqual((await api.post("/trash/purge")).body, { purged: 0, purged_lists: 0, forgotten_answers: 0 });
    const deleted_at = new Date(Date.now() - 30.01 * DAY);
    await service.db.updateTable("lists").set({ deleted_at }).where("id", "=", list.id).execute();
    // Where clocks disagree, a list waits for its todos.
    assert.equal((await api.post("/trash/purge")).body.purged_lists, 0);
    await service.db.updateTable("todos").set({ deleted_at }).where("list_id", "=", list.id).execute();
    assert.deepEqual((await api.post("/trash/purge")).body, { purged: 2, purged_lists: 1, forgotten_answers: 0 });
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Rake"], []]);
    await api.trash(`/todos/${(await api.get("/todos")).body.items[0]?.id}`);
    assert.equal((await api.post("/trash/purge?older_than_days=0")).body.purged, 1);
  });
});

describe("a body where none is read", () => {
  it("is refused, rather than its wishes ignored", async () => {
    const { list, todos } = await createFilled("Groceries", ["Milk"]);
    await api.trash(`/lists/${list.id}`);
    for (const path of [`/lists/${list.id}/restore`, `/todos/${todos[0]?.id}/restore`, "/trash/purge"]) {
      const { status, body } = await api.post(path, { title: "Other", older_than_days: 365 });
      assert.equal(status, 400, path);
      assert.match(body.detail, /behind a question mark/);
    }
    assert.deepEqual(await deadTitles(), ["Milk"]);
    // Some clients send an empty object with every POST.
    assert.equal((await api.post(`/lists/${list.id}/restore`, {})).status, 200);
  });
});
