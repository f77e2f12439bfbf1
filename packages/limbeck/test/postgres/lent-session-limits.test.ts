import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLimbeck } from "../../src/commands/create-limbeck.ts";
import type { RunEvent } from "../../src/runtime/run-context.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

interface Client {
  connect(): Promise<unknown>;
  query(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  end(): Promise<unknown>;
}

// The package has no types that are asked for.
const { Client: PgClient } = createRequire(import.meta.url)("pg") as { readonly Client: new (url: string) => Client };

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;
let lent: Client;
let holder: Client;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase("CREATE TABLE todos (id integer)");
  project = createTestProject();
  project.writeRevision("a001", null, "add due", { up: `await op.addColumn("todos", "due", text());` });
  lent = new PgClient(database.url);
  holder = new PgClient(database.url);
  await lent.connect();
  await holder.connect();
  await lent.query("SET lock_timeout = '123ms'");
  await lent.query("SET statement_timeout = '9s'");
});
afterEach(async () => {
  await lent.end();
  await holder.end();
  project.dispose();
  await database.drop();
});

async function open(signal?: AbortSignal, onEvent?: (event: RunEvent) => void) {
  return createLimbeck(
    {
      cwd: project.folder,
      env: {},
      config: { connection: () => lent, tableLockTimeout: 0.3, tableLockTries: 3, statementTimeout: 60 },
    },
    { ...(signal && { signal }), ...(onEvent && { onEvent }) },
  );
}

const settings = async (): Promise<unknown> =>
  (await lent.query("SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s")).rows;

describe("a session that was handed over", () => {
  it("gets its own limits back, and is told of retries", async () => {
    await holder.query("BEGIN");
    await holder.query("SELECT * FROM todos");
    const limbeck = await open(undefined, ({ kind }) => {
      if (kind === "retry") void holder.query("COMMIT");
    });
    const { steps, retries } = await limbeck.upgrade({ target: "head" });
    expect(steps).toMatchObject([{ revision: "a001" }]);
    expect(retries).toMatchObject([
      { revision: "a001", reason: "lockTimeout", attempt: 1, attempts: 3, scope: "transaction", holders: [] },
    ]);
    expect(await settings()).toEqual([{ l: "123ms", s: "9s" }]);
  });

  it("waits no longer when a signal ends the run", async () => {
    await holder.query("BEGIN");
    await holder.query("SELECT * FROM todos");
    const controller = new AbortController();
    const limbeck = await open(controller.signal, ({ kind }) => {
      if (kind === "retry") controller.abort();
    });
    await expect(limbeck.upgrade({ target: "head" })).rejects.toMatchObject({ code: "LB0713" });
    await holder.query("COMMIT");
    expect(await settings()).toEqual([{ l: "123ms", s: "9s" }]);
  });
});
