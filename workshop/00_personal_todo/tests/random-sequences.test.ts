/** Random sequences of requests against a model of the service that is a list in memory. */
import * as fc from "fast-check";
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "./support/client.ts";
import { service } from "./support/service.ts";

const api = new Client(service);

interface Row {
  id: number;
  title: string;
  is_completed: boolean;
  state: "live" | "trash" | "gone";
}

type Model = Row[];

/** What one request does to the model; gives the status that the service has to answer. */
type Action = { name: string; run: (model: Model) => Promise<void> };

const hasLiveTwin = (model: Model, title: string, self?: Row): boolean =>
  model.some((row) => row !== self && row.state === "live" && row.title === title);

const title = fc.constantFrom("Milk", "milk", "Bread", "Ärger");

/** An action on one of the todos that there were so far, gone ones among them; nothing where there was none. */
const onOne = (name: string, run: (row: Row, model: Model) => Promise<void>) =>
  fc.nat(20).map((number): Action => {
    return {
      name: `${name} ${number}`,
      run: async (model) => {
        const row = model[number % model.length];
        if (row) await run(row, model);
      },
    };
  });

const create = fc.record({ title, is_completed: fc.boolean() }).map((todo): Action => {
  return {
    name: `create ${JSON.stringify(todo)}`,
    run: async (model) => {
      const { status, body } = await api.post("/todos", todo);
      assert.equal(status, hasLiveTwin(model, todo.title) ? 409 : 201);
      if (status === 201) model.push({ id: body.id, ...todo, state: "live" });
    },
  };
});

const rename = fc.tuple(title, fc.nat(20)).map(([newTitle, number]): Action => {
  return {
    name: `rename ${number} to ${newTitle}`,
    run: async (model) => {
      const row = model[number % model.length];
      if (!row) return;
      const { status } = await api.patch(`/todos/${row.id}`, { title: newTitle });
      assert.equal(status, row.state !== "live" ? 404 : hasLiveTwin(model, newTitle, row) ? 409 : 200);
      if (status === 200) row.title = newTitle;
    },
  };
});

const complete = onOne("complete", async (row) => {
  const { status } = await api.post(`/todos/${row.id}/complete`);
  assert.equal(status, row.state === "live" ? 200 : 404);
  if (status === 200) row.is_completed = true;
});

const remove = onOne("delete", async (row) => {
  const { status } = await api.delete(`/todos/${row.id}`);
  assert.equal(status, row.state === "live" ? 204 : 404);
  if (status === 204) row.state = "trash";
});

const restore = onOne("restore", async (row, model) => {
  const { status } = await api.post(`/todos/${row.id}/restore`);
  const inTrash = hasLiveTwin(model, row.title) ? 409 : 200;
  assert.equal(status, { live: 409, trash: inTrash, gone: 404 }[row.state]);
  if (status === 200) row.state = "live";
});

const destroy = onOne("destroy", async (row) => {
  const { status } = await api.delete(`/trash/${row.id}`);
  assert.equal(status, { live: 409, trash: 204, gone: 404 }[row.state]);
  if (status === 204) row.state = "gone";
});

const purge = fc.constantFrom(0, 30).map((days): Action => {
  return {
    name: `purge ${days}`,
    run: async (model) => {
      const due = model.filter(({ state }) => state === "trash" && days === 0);
      const { body } = await api.post(`/trash/purge?older_than_days=${days}`);
      assert.deepEqual(body, { purged: due.length });
      for (const row of due) row.state = "gone";
    },
  };
});

/** The rows in a state, as the service lists them. */
const expected = (model: Model, state: Row["state"]) =>
  model
    .filter((row) => row.state === state)
    .map(({ id, title: name, is_completed }) => ({ id, title: name, is_completed }))
    .toReversed();

async function listAll(path: string) {
  const { body } = await api.get(`${path}?limit=100`);
  return body.items.map(({ id, title: name, is_completed }) => ({ id, title: name, is_completed }));
}

const action = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 3, arbitrary: remove },
  { weight: 3, arbitrary: restore },
  rename,
  complete,
  destroy,
  purge,
);

it("any sequence of requests leaves what the model says", { timeout: 600_000 }, async () => {
  const sequences = fc.array(action, { minLength: 5, maxLength: 40 });
  const property = fc.asyncProperty(sequences, async (actions) => {
    await service.db.deleteFrom("todos").execute();
    const model: Model = [];
    for (const { run } of actions) await run(model);
    assert.deepEqual(await listAll("/todos"), expected(model, "live"));
    assert.deepEqual(await listAll("/trash"), expected(model, "trash"));
  });
  const isLong = process.env["LIMBECK_LONG"] === "1";
  await fc.assert(property, isLong ? { numRuns: 500 } : { numRuns: 30, seed: 20_260_221 });
});
