/** Pages by a cursor: on the time of creation, and the id where that is the same. */
import { sql } from "kysely";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, titlesOf } from "./support/client.ts";
import { project, service } from "./support/service.ts";

/** All titles, page by page. */
async function readPages(path: string, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const titles: string[] = [];
  let cursor = "";
  for (;;) {
    const { status, body } = await api.get(`${path}${path.includes("?") ? "&" : "?"}limit=3${cursor}`);
    assert.equal(status, 200);
    titles.push(...titlesOf(body));
    if (body.next_cursor === null) return titles;
    cursor = `&cursor=${body.next_cursor}`;
    await between();
  }
}

describe("pages", () => {
  for (const [kind, trash] of [
    ["todos", "/trash"],
    ["lists", "/trash/lists"],
  ] as const) {
    it(`of ${kind} hold each of them once, whatever comes and goes meanwhile`, async () => {
      const titles = ["a", "b", "c", "d", "e", "f", "g", "h"];
      for (const title of titles) await api.post(`/${kind}`, { title });
      let count = 0;
      const live = await readPages(`/${kind}`, async () => {
        // What is new comes first, and what has been shown may go.
        await api.post(`/${kind}`, { title: `new ${count++}` });
        const { items } = (await api.get(`/${kind}?search=h`)).body;
        for (const { id } of items) await api.trash(`/${kind}/${id}`);
      });
      assert.deepEqual(live, titles.toReversed());
      const { items } = (await api.get(`/${kind}?limit=100`)).body;
      for (const { id } of items) await api.trash(`/${kind}/${id}`);
      assert.deepEqual((await readPages(trash)).toSorted(), ["a", "b", "c", "d", "e", "f", "g", "h", "new 0", "new 1"]);
    });
  }

  it("keep their order where times are the same, or differ by less than a Date can tell", async () => {
    const insert = (title: string, time: string) =>
      sql`INSERT INTO todos (title, created_at) VALUES (${title}, ${sql.lit(time)})`.execute(service.db);
    const isSqlite = project.databaseUrl.startsWith("sqlite:");
    const end = isSqlite ? "Z" : "";
    for (const title of ["a", "b", "c", "d"]) await insert(title, `2026-02-21T09:00:00.123${end}`);
    // SQLite keeps what text it is given; the service's own times have three digits there.
    const microseconds = isSqlite ? ["124", "125", "126", "127"] : ["123456", "123457", "123458", "123459"];
    for (const digits of microseconds) await insert(`later ${digits}`, `2026-02-21T09:00:00.${digits}${end}`);
    assert.deepEqual(await readPages("/todos"), [
      ...microseconds.map((digits) => `later ${digits}`).toReversed(),
      "d",
      "c",
      "b",
      "a",
    ]);
  });

  it("go on where the row at their end is gone for good", async () => {
    for (const title of ["a", "b", "c", "d", "e"]) await api.create(title);
    const { items, next_cursor } = (await api.get("/todos?limit=3")).body;
    for (const { id } of items) {
      await api.trash(`/todos/${id}`);
      await api.delete(`/trash/${id}`);
    }
    assert.deepEqual(titlesOf((await api.get(`/todos?limit=3&cursor=${next_cursor}`)).body), ["b", "a"]);
  });

  it("are filtered by list and by what is completed", async () => {
    const { id } = await api.createList("Groceries");
    for (const title of ["a", "b", "c", "d", "e"]) {
      await api.create(title, { list_id: id, is_completed: title !== "c" });
      await api.create(`not ${title}`);
    }
    assert.deepEqual(await readPages(`/todos?list_id=${id}&completed=true`), ["e", "d", "b", "a"]);
  });

  const code = (text: string): string => Buffer.from(text).toString("base64url");
  const BAD = ["", "7", "null", code("null"), code("[]"), code('["2026-02-31T09:00:00Z",1]'), code('["yesterday",1]')];
  const BAD_IDS = ['"1"', "-1", "2147483648"].map((id) => code(`["2026-02-21T09:00:00Z",${id}]`));
  for (const cursor of [...BAD, ...BAD_IDS, "%00"]) {
    it(`refuse the cursor "${cursor}"`, async () => {
      for (const path of ["/todos", "/lists", "/trash", "/trash/lists"]) {
        const { status, body } = await api.get(`${path}?cursor=${cursor}`);
        assert.equal(status, 400, path);
        assert.match(body.detail, /cursor/);
      }
    });
  }
});
