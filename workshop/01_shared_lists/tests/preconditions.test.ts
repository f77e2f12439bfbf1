/** ETag and If-Match. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { countStatuses } from "../../00_personal_todo/tests/support/client.ts";
import { api } from "./support/client.ts";

for (const kind of ["lists", "todos"]) {
  describe(`the version of ${kind}`, () => {
    let path = "";
    beforeEach(async () => {
      const { headers } = await api.post(`/${kind}`, { title: "Milk" });
      assert.equal(headers.get("etag"), '"1"');
      path = headers.get("location")?.replace("/api/v1", "") ?? "";
    });

    it("goes up with each change, and is the ETag of each answer", async () => {
      assert.equal((await api.get(path)).headers.get("etag"), '"1"');
      const { status, headers, body } = await api.change(path, { title: "Oat milk" }, '"1"');
      assert.equal(status, 200);
      assert.equal(headers.get("etag"), '"2"');
      assert.equal(body.version, 2);
      assert.equal((await api.get(path)).headers.get("etag"), '"2"');
      await api.trash(path);
      assert.equal((await api.post(`${path}/restore`)).headers.get("etag"), '"4"');
    });

    it("must be named for a change", async () => {
      const { status, body } = await api.patch(path, { title: "Oat milk" });
      assert.equal(status, 428);
      assert.match(body.detail, /If-Match/);
      assert.equal((await api.get(path)).body.title, "Milk");
    });

    it("must be the one that there is", async () => {
      await api.change(path, { title: "Oat milk" }, '"1"');
      for (const etag of ['"1"', 'W/"2"', "2", '"3"', '"1", "3"', ""]) {
        const { status, body } = await api.change(path, { title: "Soy milk" }, etag);
        assert.equal(status, 412, etag);
        // Without its quotes, which a shell takes away, it is none, though nothing has changed.
        assert.match(body.detail, /its ETag, which is "2" now, quotes included/);
      }
      assert.equal((await api.get(path)).body.title, "Oat milk");
      assert.equal((await api.change(path, { title: "Soy milk" }, '"1", "2"')).status, 200);
      assert.equal((await api.change(path, { title: "Rice milk" }, "*")).status, 200);
    });

    it("lets one of many changes through that were made of the same version", async () => {
      const changes = ["a", "b", "c", "d", "e"].map((title) => api.change(path, { title }, '"1"'));
      assert.deepEqual(countStatuses(await Promise.all(changes)), { 200: 1, 412: 4 });
    });

    it("may be named for a deletion", async () => {
      await api.change(path, { title: "Oat milk" }, '"1"');
      const stale = await api.send("DELETE", path, { headers: { "If-Match": '"1"' } });
      assert.equal(stale.status, 412);
      assert.equal((await api.get(path)).status, 200);
      const fresh = await api.send("DELETE", path, { headers: { "If-Match": '"2"' } });
      assert.equal(fresh.status, 200);
    });

    it("is asked for after the id", async () => {
      await api.trash(path);
      assert.equal((await api.change(path, { title: "Oat milk" }, '"1"')).status, 404);
    });
  });
}
