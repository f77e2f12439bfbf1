/** What the service does when its database is not where the code expects it, and what the revisions do with todos. */
import { sql } from "kysely";
import { history } from "limbeck/commands";
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Client, type Answer } from "./support/client.ts";
import { project, service } from "./support/service.ts";

const { downgradeTo, upgradeTo, startService } = project;

const api = new Client(service);

/** The newest revisions, from the newest on. */
const { revisions } = await history(await project.openEnvironment());
const [HEAD = "", PREVIOUS = ""] = revisions.map(({ revision }) => revision);

/** The service remembers for a second where the database stands. */
async function untilState(state: string): Promise<Answer> {
  for (;;) {
    const answer = await api.get("/schema-version");
    assert.equal(answer.status, 200);
    if (answer.body.state === state) return answer;
    await wait(100);
  }
}

const setVersion = (from: string, to: string) =>
  sql`UPDATE limbeck_version SET version_num = ${to} WHERE version_num = ${from}`.execute(service.db);

describe("a service", { timeout: 120_000 }, () => {
  it("works where the database and the code agree", async () => {
    assert.deepEqual((await untilState("current")).body.database, [HEAD]);
    assert.deepEqual((await api.get("/health")).body, { status: "ok" });
  });

  it("answers 503 and names the command where the database is behind", async () => {
    await api.create("Buy milk");
    for (const target of ["-1", "base"]) {
      await downgradeTo(target, true);
      const { body } = await untilState("behind");
      assert.deepEqual(body.code, [HEAD]);
      assert.deepEqual(body.database, target === "base" ? [] : [PREVIOUS]);
      assert.equal(body.command, "make db-upgrade");
      for (const path of ["/health", "/todos", "/todos/1", "/trash"]) {
        const problem = await api.get(path);
        assert.equal(problem.status, 503);
        assert.equal(problem.body.command, "make db-upgrade");
        assert.match(problem.body.detail, /make db-upgrade/);
      }
      assert.equal((await api.post("/todos", { title: "Buy bread" })).status, 503);
      await upgradeTo("head");
      await untilState("current");
      assert.equal((await api.get("/todos")).status, 200);
    }
  });

  it("serves and warns where the database is ahead", async () => {
    await setVersion(HEAD, "2099_01_01_001");
    try {
      const { body } = await untilState("ahead");
      assert.deepEqual(body.database, ["2099_01_01_001"]);
      const health = await api.get("/health");
      assert.equal(health.status, 200);
      assert.match(health.body.warning, /2099_01_01_001/);
      await api.create("Buy milk");
    } finally {
      await setVersion("2099_01_01_001", HEAD);
    }
    await untilState("current");
  });

  it("answers 503 where no database answers, and keeps to itself what was wrong", async () => {
    const { origin, stop } = await startService("postgres://secret-user:secret-word@127.0.0.1:9/todo");
    try {
      const alone = new Client({ origin });
      const { status, body } = await alone.get("/todos");
      assert.equal(status, 503);
      assert.doesNotMatch(JSON.stringify(body), /secret/);
      assert.equal((await alone.get("/schema-version")).body.state, "unreachable");
    } finally {
      await stop();
    }
  });

  it("has pages to use it by hand, and a 404 for the rest", async () => {
    for (const path of ["/", "/docs"]) {
      const response = await fetch(`${service.origin}${path}`);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /^<!doctype html>/);
    }
    assert.equal((await api.get("/nothing")).status, 404);
  });
});

describe("the revisions", { timeout: 120_000 }, () => {
  afterEach(() => upgradeTo("head"));

  it("do not bring deleted todos back on the way down", async () => {
    await api.create("Live");
    const { id } = await api.create("Deleted");
    await api.delete(`/todos/${id}`);
    await assert.rejects(downgradeTo("2026_02_21_002"), { code: "LB1070" });
    assert.equal((await service.db.selectFrom("todos").select("id").execute()).length, 2);
    await downgradeTo("2026_02_21_002", true);
    await upgradeTo("head");
    const rows = await service.db.selectFrom("todos").select(["title", "deleted_at"]).execute();
    assert.deepEqual(rows, [{ title: "Live", deleted_at: null }]);
  });

  it("leave the oldest of several todos with one title, and move the others to the trash", async () => {
    await downgradeTo("2026_02_21_004", true);
    const titles = ["Milk", "milk", "Milk", "Bread", "Milk"];
    for (const title of titles) await sql`INSERT INTO todos (title) VALUES (${title})`.execute(service.db);
    const [first] = await service.db.selectFrom("todos").select("id").orderBy("id").execute();
    await upgradeTo("head");
    const rows = await service.db.selectFrom("todos").select(["title", "deleted_at"]).orderBy("id").execute();
    assert.deepEqual(
      rows.map((row) => row.title),
      titles,
    );
    assert.deepEqual(
      rows.map(({ deleted_at }) => deleted_at === null),
      [true, true, false, true, false],
    );
    const deletedAt = rows[2]?.deleted_at;
    assert.ok(deletedAt instanceof Date && Math.abs(Date.now() - deletedAt.getTime()) < 120_000, String(deletedAt));
    await untilState("current");
    assert.equal((await api.post(`/todos/${(first?.id ?? 0) + 2}/restore`)).status, 409);
    assert.deepEqual((await api.post("/trash/purge?older_than_days=1")).body, { purged: 0 });
  });
});
