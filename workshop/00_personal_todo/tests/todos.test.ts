/** The contract of live todos, over HTTP. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client, countStatuses, type Body } from "./support/client.ts";
import { service } from "./support/service.ts";

const api = new Client(service);

const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function assertJustNow(time: string): void {
  assert.match(time, UTC_TIME);
  const age = Date.now() - Date.parse(time);
  assert.ok(age > -5000 && age < 120_000, `${time} is not now`);
}

const titlesOf = ({ items }: Body): string[] => items.map(({ title }) => title);
const fieldsOf = ({ errors }: Body): string[] => errors.map(({ field }) => field);

describe("POST /todos", () => {
  it("creates a todo, says where it is, and fills in the rest", async () => {
    const { status, headers, body } = await api.post("/todos", { title: "  Buy milk " });
    assert.equal(status, 201);
    const { id, created_at, ...rest } = body;
    assert.equal(headers.get("location"), `/api/v1/todos/${id}`);
    assertJustNow(created_at);
    assert.deepEqual(rest, {
      title: "Buy milk",
      description: null,
      is_completed: false,
      updated_at: null,
      deleted_at: null,
    });
    assert.deepEqual((await api.get(`/todos/${id}`)).body, body);
  });

  it("keeps any text as it is", async () => {
    const title = `${"𝒜".repeat(100)} 'é" \\ % _ <b> ; DROP TABLE todos --`;
    const description = "first line\nsecond line\t\\n '' 🥛\r\n";
    const { id } = await api.create(title, { description, is_completed: true });
    const { body } = await api.get(`/todos/${id}`);
    assert.equal(body.title, title);
    assert.equal(body.description, description);
    assert.equal(body.is_completed, true);
    assert.equal((await api.create("a".repeat(255))).title.length, 255);
  });

  const INVALID: [body: unknown, field: string][] = [
    [{}, "title"],
    [{ title: "" }, "title"],
    [{ title: "   " }, "title"],
    [{ title: 7 }, "title"],
    [{ title: null }, "title"],
    [{ title: "a".repeat(256) }, "title"],
    [{ title: "two\nlines" }, "title"],
    [{ title: "zero \0" }, "title"],
    [{ title: "half \ud83e" }, "title"],
    [{ title: "a", description: 7 }, "description"],
    [{ title: "a", description: "zero \0" }, "description"],
    [{ title: "a", description: "half \udd5b" }, "description"],
    [{ title: "a", description: "a".repeat(10_001) }, "description"],
    [{ title: "a", is_completed: "yes" }, "is_completed"],
    [{ title: "a", is_completed: null }, "is_completed"],
    [{ title: "a", deleted_at: "2026-02-21T09:00:00Z" }, "deleted_at"],
    [{ title: "a", id: 1 }, "id"],
    [[], ""],
    ["a", ""],
    [null, ""],
  ];
  for (const [body, field] of INVALID) {
    it(`refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const answer = await api.post("/todos", body);
      assert.equal(answer.status, 422);
      assert.deepEqual(fieldsOf(answer.body), [field]);
      assert.deepEqual((await api.get("/todos")).body.items, []);
    });
  }

  it("tells all that is wrong at once", async () => {
    const { body } = await api.post("/todos", { title: "", description: 7, colour: "red" });
    assert.deepEqual(fieldsOf(body).toSorted(), ["colour", "description", "title"]);
  });

  it("refuses what is no JSON, or too long", async () => {
    const headers = { "Content-Type": "application/json" };
    assert.equal((await api.send("POST", "/todos", { headers, body: '{"title":' })).status, 400);
    assert.equal((await api.send("POST", "/todos", { headers })).status, 400);
    assert.equal((await api.send("POST", "/todos", { body: '{"title":"a"}' })).status, 415);
    assert.equal((await api.post("/todos", { title: "a", description: "a".repeat(100_000) })).status, 413);
    assert.deepEqual((await api.get("/todos")).body.items, []);
  });

  it("allows a title once among live todos", async () => {
    const { id } = await api.create("Buy milk");
    const { status, body } = await api.post("/todos", { title: "Buy milk" });
    assert.equal(status, 409);
    assert.match(body.detail, /Buy milk/);
    await api.delete(`/todos/${id}`);
    await api.create("Buy milk");
  });

  it("takes titles letter by letter", async () => {
    for (const title of ["Apfel", "apfel", "Äpfel", "A\u0308pfel", "Apfel."]) await api.create(title);
    assert.equal((await api.get("/todos")).body.items.length, 5);
  });

  it("lets one of many through that want the same title at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post("/todos", { title: "Buy milk" })));
    assert.deepEqual(countStatuses(answers), { 201: 1, 409: 7 });
    assert.deepEqual(titlesOf((await api.get("/todos")).body), ["Buy milk"]);
  });
});

describe("GET /todos", () => {
  it("gives pages, the newest first, without a gap or a double", async () => {
    const titles = Array.from({ length: 25 }, (_, index) => `Todo ${index + 1}`);
    for (const title of titles) await api.create(title);
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: number | null = null;
    do {
      const { body } = await api.get(`/todos?limit=10${cursor === null ? "" : `&cursor=${cursor}`}`);
      seen.push(...titlesOf(body));
      sizes.push(body.items.length);
      cursor = body.next_cursor;
      // What is new or gone meanwhile moves nothing to another page.
      await api.create(`Meanwhile ${seen.length}`);
      await api.delete(`/todos/${body.items[0]?.id}`);
    } while (cursor !== null);
    assert.deepEqual(seen, titles.toReversed());
    assert.deepEqual(sizes, [10, 10, 5]);
  });

  it("gives 20 by default, and no next page where there is none", async () => {
    for (let number = 1; number <= 20; number++) await api.create(`Todo ${number}`);
    const full = await api.get("/todos");
    assert.equal(full.body.items.length, 20);
    assert.equal(full.body.next_cursor, null);
    await api.create("Todo 21");
    const { body } = await api.get("/todos");
    assert.equal(body.items.length, 20);
    assert.equal(body.next_cursor, body.items[19]?.id);
  });

  it("finds a text in titles, whatever its signs mean in SQL", async () => {
    for (const title of ["Buy milk", "Buy 100% juice", "snake_case", "snakeXcase", "Stop!", "back\\slash", "ÄRGER"]) {
      await api.create(title);
    }
    const search = async (text: string) =>
      titlesOf((await api.get(`/todos?search=${encodeURIComponent(text)}`)).body).toSorted();
    assert.deepEqual(await search("BUY"), ["Buy 100% juice", "Buy milk"]);
    assert.deepEqual(await search("%"), ["Buy 100% juice"]);
    assert.deepEqual(await search("e_c"), ["snake_case"]);
    assert.deepEqual(await search("p!"), ["Stop!"]);
    assert.deepEqual(await search("k\\s"), ["back\\slash"]);
    assert.deepEqual(await search("ÄR"), ["ÄRGER"]);
    assert.deepEqual(await search("'"), []);
    assert.equal((await search("")).length, 7);
  });

  it("filters by what is completed, together with the rest", async () => {
    await api.create("Buy milk", { is_completed: true });
    await api.create("Buy bread");
    await api.create("Call home", { is_completed: true });
    assert.deepEqual(titlesOf((await api.get("/todos?completed=true")).body), ["Call home", "Buy milk"]);
    assert.deepEqual(titlesOf((await api.get("/todos?completed=false")).body), ["Buy bread"]);
    assert.deepEqual(titlesOf((await api.get("/todos?completed=true&search=buy&limit=1")).body), ["Buy milk"]);
  });

  const INVALID: [query: string, field: string][] = [
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["limit=", "limit"],
    ["cursor=0", "cursor"],
    ["cursor=-1", "cursor"],
    ["cursor=2147483648", "cursor"],
    ["cursor=1e3", "cursor"],
    ["completed=yes", "completed"],
    ["search=%00", "search"],
    ["serach=milk", "serach"],
  ];
  for (const [query, field] of INVALID) {
    it(`refuses ?${query}`, async () => {
      const { status, body } = await api.get(`/todos?${query}`);
      assert.equal(status, 422);
      assert.deepEqual(fieldsOf(body), [field]);
    });
  }
});

describe("a todo by its id", () => {
  it("is not found where there is none", async () => {
    const { id } = await api.create("Buy milk");
    const missing = `/todos/${id + 1}`;
    const answers = [
      await api.get(missing),
      await api.patch(missing, { title: "b" }),
      await api.post(`${missing}/complete`),
      await api.delete(missing),
      await api.post(`${missing}/restore`),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404, 404, 404, 404, 404],
    );
  });

  for (const id of ["0", "-1", "1.5", "abc", "2147483648", "0x1", "99999999999999999999"]) {
    it(`has no id ${id}`, async () => {
      for (const method of ["GET", "DELETE"]) {
        const { status, body } = await api.send(method, `/todos/${id}`);
        assert.equal(status, 422);
        assert.deepEqual(fieldsOf(body), ["id"]);
      }
    });
  }
});

describe("PATCH /todos/:id", () => {
  it("changes the fields that are sent, and no others", async () => {
    const before = await api.create("Buy milk", { description: "Blue lid", is_completed: true });
    const { status, body: after } = await api.patch(`/todos/${before.id}`, { title: "Buy oat milk" });
    assert.equal(status, 200);
    assert.ok(after.updated_at);
    assertJustNow(after.updated_at);
    assert.deepEqual(after, { ...before, title: "Buy oat milk", updated_at: after.updated_at });
    const { body: cleared } = await api.patch(`/todos/${before.id}`, { description: null, is_completed: false });
    assert.equal(cleared.title, "Buy oat milk");
    assert.equal(cleared.description, null);
    assert.equal(cleared.is_completed, false);
    assert.deepEqual((await api.get(`/todos/${before.id}`)).body, cleared);
  });

  it("allows the title that it has, and none that another live todo has", async () => {
    const milk = await api.create("Buy milk");
    const bread = await api.create("Buy bread");
    assert.equal((await api.patch(`/todos/${bread.id}`, { title: "Buy bread" })).status, 200);
    assert.equal((await api.patch(`/todos/${bread.id}`, { title: "Buy milk" })).status, 409);
    assert.equal((await api.get(`/todos/${bread.id}`)).body.title, "Buy bread");
    await api.delete(`/todos/${milk.id}`);
    assert.equal((await api.patch(`/todos/${bread.id}`, { title: "Buy milk" })).status, 200);
  });

  for (const changes of [{}, { title: "" }, { title: null }, { is_completed: null }, { colour: "red" }, { id: 7 }]) {
    it(`refuses ${JSON.stringify(changes)}`, async () => {
      const todo = await api.create("Buy milk");
      assert.equal((await api.patch(`/todos/${todo.id}`, changes)).status, 422);
      assert.deepEqual((await api.get(`/todos/${todo.id}`)).body, todo);
    });
  }
});

describe("POST /todos/:id/complete", () => {
  it("completes a todo, and may be repeated", async () => {
    const todo = await api.create("Buy milk", { description: "Blue lid" });
    for (const _ of ["once", "again"]) {
      const { status, body } = await api.post(`/todos/${todo.id}/complete`);
      assert.equal(status, 200);
      assert.deepEqual(body, { ...todo, is_completed: true, updated_at: body.updated_at });
    }
  });
});
