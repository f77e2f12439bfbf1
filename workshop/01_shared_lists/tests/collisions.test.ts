/** What happens where another request comes in between, in the order in which it is hard to bring about over HTTP. */
import { Hono } from "hono";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerOnce } from "../app/api/answer-once.ts";
import type { ApiEnv } from "../app/api/api-env.ts";
import { isCollision, Overtaken, type Database } from "../app/core/database.ts";
import { destroyList, restoreList } from "../app/services/trash.ts";
import { api, deadTitles } from "./support/client.ts";
import { service } from "./support/service.ts";

/** A database in which something happens once, behind the first query. */
function interrupt(db: Database, happen: () => Promise<unknown>): Database {
  let isFirst = true;
  return db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (isFirst) {
        isFirst = false;
        await happen();
      }
      return result;
    },
  });
}

describe("a list that is restored while it is deleted for good", () => {
  it("leaves alone what had been in the trash before it", async () => {
    const { id } = await api.createList("Garden");
    for (const title of ["Rake", "Hoe"]) await api.post("/todos", { title, list_id: id });
    const { items } = (await api.get("/todos?search=Rake")).body;
    await api.trash(`/todos/${items[0]?.id}`);
    await api.trash(`/lists/${id}`);
    const destroy = service.db.transaction().execute((transaction) =>
      destroyList(
        interrupt(transaction, () => restoreList(transaction, id, {})),
        id,
      ),
    );
    await assert.rejects(destroy, Overtaken);
    assert.deepEqual(await deadTitles(), ["Hoe", "Rake"]);
  });
});

describe("two requests with one key, both of which have found no answer", () => {
  it("get the answer of the one that was faster", async () => {
    let count = 0;
    const app = new Hono<ApiEnv>();
    app.use(async (c, next) => {
      c.set("db", service.db);
      await next();
    });
    app.use(answerOnce);
    app.post("/count", (c) => c.json({ count: ++count }));
    const ask = () => app.request("/count", { method: "POST", headers: { "Idempotency-Key": "key" } });
    const answers = await Promise.all([ask(), ask()]);
    const [first, second] = await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
    assert.equal(first?.[0], 200);
    assert.deepEqual(second, first);
  });
});

describe("what the database says where another one came in between", () => {
  it("is known on MariaDB, where a transaction may be told that its snapshot is old, and on PostgreSQL with stricter isolation", () => {
    assert.ok(isCollision({ errno: 1020 }));
    assert.ok(isCollision({ code: "40001" }));
  });
});
