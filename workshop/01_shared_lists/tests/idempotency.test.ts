/** Requests with an Idempotency-Key. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, liveTitles } from "./support/client.ts";
import { service } from "./support/service.ts";

const HOUR = 60 * 60 * 1000;

/** As if hours had passed since all answers were given. */
const age = (hours: number) =>
  service.db
    .updateTable("idempotency_keys")
    .set({ created_at: new Date(Date.now() - hours * HOUR) })
    .execute();

describe("an Idempotency-Key", () => {
  it("makes a request answered as the first time, and done once", async () => {
    for (const path of ["/todos", "/lists"]) {
      const first = await api.postOnce(path, `key-of-${path}`, { title: "Milk" });
      assert.equal(first.status, 201);
      await api.change(`${path}/${first.body.id}`, { title: "Oat milk" });
      for (const _ of ["again", "and again"]) {
        const { status, headers, body } = await api.postOnce(path, `key-of-${path}`, { title: "Milk" });
        assert.equal(status, 201);
        assert.deepEqual(body, first.body);
        for (const name of ["location", "etag", "content-type"])
          assert.equal(headers.get(name), first.headers.get(name));
      }
      assert.equal((await api.get(path)).body.items.length, 1);
    }
  });

  it("belongs to one request", async () => {
    await api.postOnce("/todos", "key", { title: "Milk" });
    for (const [path, title] of [
      ["/todos", "Bread"],
      ["/lists", "Milk"],
    ] as const) {
      const { status, body } = await api.postOnce(path, "key", { title });
      assert.equal(status, 422);
      assert.match(body.detail, /another request/);
    }
    assert.deepEqual(await liveTitles(), ["Milk"]);
    assert.equal((await api.postOnce("/todos", "KEY", { title: "Bread" })).status, 201);
  });

  it("lets a request through once of many at once, and gives all its answer", async () => {
    const ask = () => api.postOnce("/todos", "key", { title: "Milk" });
    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask(), ask()]);
    for (const { status, body } of answers) {
      assert.equal(status, 201);
      assert.deepEqual(body, answers[0]?.body);
    }
    assert.deepEqual(await liveTitles(), ["Milk"]);
  });

  it("keeps the answer that something stood in the way", async () => {
    const { id } = await api.create("Milk");
    const first = await api.postOnce("/todos", "key", { title: "Milk" });
    assert.equal(first.status, 409);
    assert.equal(first.body.blocking_id, id);
    await api.trash(`/todos/${id}`);
    const { status, body } = await api.postOnce("/todos", "key", { title: "Milk" });
    assert.equal(status, 409);
    assert.deepEqual(body, first.body);
    assert.equal((await api.postOnce("/todos", "another", { title: "Milk" })).status, 201);
  });

  it("may be used again for a request that was not valid, or found nothing", async () => {
    assert.equal((await api.postOnce("/todos", "key", { title: "" })).status, 422);
    assert.equal((await api.postOnce("/todos", "key", { title: "Milk", list_id: 999_999 })).status, 422);
    assert.equal((await api.postOnce("/todos/999999/restore", "key", {})).status, 404);
    assert.equal(
      (
        await fetch(`${service.origin}/api/v1/todos/1/restor`, {
          method: "POST",
          headers: { "Idempotency-Key": "key" },
        })
      ).status,
      404,
    );
    assert.equal((await api.postOnce("/todos", "key", { title: "Milk" })).status, 201);
  });

  it("works for what is no creation", async () => {
    const { id } = await api.create("Milk");
    await api.trash(`/todos/${id}`);
    const path = `/todos/${id}/restore`;
    const first = await api.postOnce(path, "key", {});
    assert.equal(first.status, 200);
    await api.trash(`/todos/${id}`);
    assert.deepEqual((await api.postOnce(path, "key", {})).body, first.body);
    assert.deepEqual(await liveTitles(), []);
    assert.equal((await api.postOnce(`${path}?title=Bread`, "key", {})).status, 422);
  });

  it("must be readable", async () => {
    for (const key of ["", "two words", "a".repeat(256)]) {
      assert.equal((await api.postOnce("/todos", key, { title: "Milk" })).status, 400, key);
    }
    assert.equal((await api.postOnce("/todos", "a".repeat(255), { title: "Milk" })).status, 201);
  });

  it("is forgotten by a purge after a day", async () => {
    const { id } = (await api.postOnce("/todos", "key", { title: "Milk" })).body;
    await api.change(`/todos/${id}`, { title: "Oat milk" });
    await age(23.9);
    assert.equal((await api.post("/trash/purge")).body.forgotten_answers, 0);
    assert.equal((await api.postOnce("/todos", "key", { title: "Milk" })).body.id, id);
    await age(24.1);
    assert.equal((await api.post("/trash/purge")).body.forgotten_answers, 1);
    assert.notEqual((await api.postOnce("/todos", "key", { title: "Milk" })).body.id, id);
  });
});
