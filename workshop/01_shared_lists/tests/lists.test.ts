/** The contract of lists and of the todos in them, over HTTP. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countStatuses } from "../../00_personal_todo/tests/support/client.ts";
import { api, liveTitles, titlesOf } from "./support/client.ts";
import { service } from "./support/service.ts";

describe("POST /lists", () => {
  it("creates a list, says where it is, and fills in the rest", async () => {
    const { status, headers, body } = await api.post("/lists", { title: " Groceries " });
    assert.equal(status, 201);
    assert.equal(headers.get("location"), `/api/v1/lists/${body.id}`);
    const { id, created_at, ...rest } = body;
    assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Math.abs(Date.now() - Date.parse(created_at)) < 120_000);
    assert.deepEqual(rest, {
      title: "Groceries",
      version: 1,
      updated_at: null,
      deleted_at: null,
      deletion_id: null,
      purge_at: null,
    });
    assert.deepEqual((await api.get(`/lists/${id}`)).body, body);
  });

  it("refuses what is not valid", async () => {
    for (const body of [{}, { title: "" }, { title: 7 }, { title: "a", colour: "red" }, []]) {
      assert.equal((await api.post("/lists", body)).status, 422);
    }
    assert.deepEqual((await api.get("/lists")).body.items, []);
  });

  it("allows a title once among live lists, and names the one that has it", async () => {
    const { id } = await api.createList("Groceries");
    const { status, body } = await api.post("/lists", { title: "Groceries" });
    assert.equal(status, 409);
    assert.equal(body.blocking_id, id);
    await api.trash(`/lists/${id}`);
    await api.createList("Groceries");
    await api.createList("groceries");
  });

  it("lets one of many through that want the same title at once, and tells the others which one", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.post("/lists", { title: "Groceries" })));
    assert.deepEqual(countStatuses(answers), { 201: 1, 409: 5 });
    const created = answers.find(({ status }) => status === 201);
    for (const { status, body } of answers) if (status === 409) assert.equal(body.blocking_id, created?.body.id);
  });
});

describe("PATCH /lists/:id", () => {
  it("gives a list another title, unless a live list has it", async () => {
    const { id } = await api.createList("Groceries");
    const other = await api.createList("Garden");
    const { status, body } = await api.change(`/lists/${id}`, { title: "Shopping" });
    assert.equal(status, 200);
    assert.equal(body.title, "Shopping");
    const refused = await api.change(`/lists/${id}`, { title: "Garden" });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.blocking_id, other.id);
    assert.equal((await api.change(`/lists/${id}`, {})).status, 422);
    assert.equal((await api.change(`/lists/${id + 100}`, { title: "Attic" })).status, 404);
    assert.deepEqual(titlesOf((await api.get("/lists?search=SHOP")).body), ["Shopping"]);
  });
});

describe("a todo in a list", () => {
  it("is found by its list, and can move to another or to none", async () => {
    const groceries = await api.createList("Groceries");
    const garden = await api.createList("Garden");
    const milk = await api.create("Milk", { list_id: groceries.id });
    await api.create("Rake");
    const inList = async (id: number) => titlesOf((await api.get(`/todos?list_id=${id}`)).body);
    assert.deepEqual(await inList(groceries.id), ["Milk"]);
    const moved = await api.change(`/todos/${milk.id}`, { list_id: garden.id });
    assert.equal(moved.body.list_id, garden.id);
    assert.deepEqual([await inList(groceries.id), await inList(garden.id)], [[], ["Milk"]]);
    assert.equal((await api.change(`/todos/${milk.id}`, { list_id: null })).body.list_id, null);
    assert.deepEqual(await inList(garden.id), []);
    assert.deepEqual(await liveTitles(), ["Milk", "Rake"]);
  });

  it("needs a list that there is", async () => {
    const { id } = await api.create("Milk");
    for (const list_id of [0, -1, 1.5, "1", 2_147_483_647, 2_147_483_648]) {
      for (const answer of [
        await api.post("/todos", { title: "Bread", list_id }),
        await api.change(`/todos/${id}`, { list_id }),
      ]) {
        assert.equal(answer.status, 422);
        assert.deepEqual(
          answer.body.errors.map(({ field }) => field),
          ["list_id"],
        );
      }
    }
  });

  it("cannot be in a dead list", async () => {
    const list = await api.createList("Groceries");
    const { id } = await api.create("Milk");
    await api.trash(`/lists/${list.id}`);
    for (const answer of [
      await api.post("/todos", { title: "Bread", list_id: list.id }),
      await api.change(`/todos/${id}`, { list_id: list.id }),
    ]) {
      assert.equal(answer.status, 409);
      assert.equal(answer.body.blocking_id, list.id);
      assert.match(answer.body.detail, new RegExp(`restore list ${list.id} first`));
      assert.equal(answer.body.fix, `POST /lists/${list.id}/restore`);
    }
    assert.deepEqual(await liveTitles(), ["Milk"]);
  });

  it("cannot be in a dead list even where the service is not asked: the database has a guard", async () => {
    const list = await api.createList("Groceries");
    const milk = await api.create("Milk", { list_id: list.id });
    const { db } = service;
    const deleted_at = new Date();
    const deleteList = () => db.updateTable("lists").set({ deleted_at }).where("id", "=", list.id).execute();
    await assert.rejects(deleteList());
    await db.updateTable("todos").set({ deleted_at }).where("id", "=", milk.id).execute();
    await deleteList();
    await assert.rejects(db.insertInto("todos").values({ title: "Bread", list_id: list.id }).execute());
    await assert.rejects(db.updateTable("todos").set({ deleted_at: null }).where("id", "=", milk.id).execute());
    // One that is in the trash may stay in its list, but no list that there is not may be named.
    await assert.rejects(db.updateTable("todos").set({ list_id: 999_999 }).where("id", "=", milk.id).execute());
  });

  it("is never live in a dead list, whoever is faster", async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await api.createList(`List ${round}`);
      const answers = await Promise.all([
        api.post("/todos", { title: `First ${round}`, list_id: id }),
        api.delete(`/lists/${id}`),
        api.post("/todos", { title: `Second ${round}`, list_id: id }),
      ]);
      assert.equal(answers[1].status, 200);
      for (const { status } of [answers[0], answers[2]]) assert.ok([201, 409].includes(status), `${status}`);
      assert.deepEqual((await api.get(`/todos?list_id=${id}`)).body.items, []);
    }
  });
});
