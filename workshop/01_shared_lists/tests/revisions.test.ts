/** What the revisions do with rows, and that each can go up, down and up again. */
import { check, testRevisions } from "limbeck/commands";
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { api, deadTitles, liveTitles } from "./support/client.ts";
import { project } from "./support/service.ts";

describe("the revisions", { timeout: 120_000 }, () => {
  afterEach(() => project.upgradeTo("head"));

  it("lead to the models, and each of them up, down and up again", async () => {
    // Throws where they do not.
    await check(await project.openEnvironment());
    const { isBroken, counts, revisions, secondUpgrade } = await testRevisions(await project.openEnvironment(), {
      range: "2026_11_28_001:head",
    });
    assert.equal(isBroken, false, JSON.stringify(revisions, undefined, 2));
    assert.equal(revisions.length, 4);
    // Each of them met rows.
    assert.equal(counts.untried, 0);
    assert.deepEqual(secondUpgrade.differences, []);
  });

  it("bring nothing back to life on the way down, and leave a live todo in no list", async () => {
    const list = await api.createList("Groceries");
    await api.create("Milk", { list_id: list.id });
    await api.trash(`/lists/${list.id}`);
    const garden = await api.createList("Garden");
    await api.create("Rake", { list_id: garden.id });
    await assert.rejects(project.downgradeTo("2026_02_21_005"), { code: "LB1070" });
    await project.downgradeTo("2026_02_21_005", true);
    await project.upgradeTo("head");
    assert.deepEqual([await liveTitles(), await deadTitles()], [["Rake"], ["Milk"]]);
    const [rake] = (await api.get("/todos")).body.items;
    assert.deepEqual([rake?.list_id, rake?.version], [null, 1]);
    const [milk] = (await api.get("/trash")).body.items;
    assert.equal((await api.post(`/todos/${milk?.id}/restore`)).status, 200);
  });
});
