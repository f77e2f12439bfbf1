/** What `make db-seed` adds. */
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { api, liveTitles, titlesOf } from "./support/client.ts";
import { project } from "./support/service.ts";

const seed = (): string =>
  execFileSync(process.execPath, ["seed.ts"], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, DATABASE_URL: project.databaseUrl },
    encoding: "utf8",
  });

it("adds lists with their todos once, and leaves a todo alone that is there by its title", async () => {
  const { id } = await api.create("Sharpen the rake");
  assert.match(seed(), /^3 lists added, 0 were there already\.$/m);
  assert.match(seed(), /^0 lists added, 3 were there already\.$/m);
  assert.deepEqual(titlesOf((await api.get("/lists")).body).toSorted(), ["Garden", "Groceries", "Paperwork"]);
  assert.equal((await liveTitles()).length, 7);
  assert.equal((await api.get(`/todos/${id}`)).body.list_id, null);
});
