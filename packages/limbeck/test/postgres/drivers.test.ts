import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { requirePostgres } from "../support/postgres-server.ts";
import { testExisting } from "./drivers/existing.ts";
import { testStatements } from "./drivers/statements.ts";
import { EXISTING, OPENED, type OwnObject, type Subject, type TestPlace } from "./drivers/subject.ts";
import { testValues } from "./drivers/values.ts";

const check = requirePostgres();

/** One connection for all tests of a subject; to open some takes seconds. */
function shareConnection(subject: Subject): () => Connection {
  let place: TestPlace | undefined;
  let connection: Connection | undefined;
  beforeAll(async () => {
    place = await subject.createPlace().catch(() => undefined);
    if (place) connection = await subject.connect(place);
  }, 120_000);
  afterAll(async () => {
    await connection?.close();
    await place?.drop();
  });
  beforeEach((context) => {
    if (subject.needsServer) check(context);
  });
  return () => {
    if (connection === undefined) throw new Error("no connection was opened");
    return connection;
  };
}

describe.each([...OPENED, ...EXISTING])("$name", (subject) => {
  const connect = shareConnection(subject);
  testValues(connect);
  testStatements(connect);
});

describe.each(EXISTING)("$name, handed over", (subject) => {
  let place: TestPlace | undefined;
  let own: OwnObject | undefined;
  beforeAll(async () => {
    place = await subject.createPlace().catch(() => undefined);
    if (place) own = await subject.openOwn(place);
  }, 120_000);
  afterAll(async () => {
    await own?.close();
    await place?.drop();
  });
  beforeEach((context) => {
    if (subject.needsServer) check(context);
  });
  testExisting(subject, () => {
    if (own === undefined) throw new Error("nothing was opened");
    return own;
  });
});

describe("the choice of a driver", () => {
  it("is one of the known ones, named before anything is opened", async () => {
    await expect(postgres.connect("postgres://127.0.0.1:1/a", { driver: "postgres-native" })).rejects.toMatchObject({
      code: "LB0617",
      why: expect.stringContaining("pglite"),
    });
  });

  it("fits the URL", async () => {
    await expect(postgres.connect("postgres://127.0.0.1:1/a", { driver: "pglite" })).rejects.toMatchObject({
      code: "LB0644",
    });
    await expect(postgres.connect("pglite::memory:", { driver: "pg" })).rejects.toMatchObject({ code: "LB0644" });
  });

  it("says of a client of pg that was never connected how it is", async () => {
    const nothing = (): void => undefined;
    const connectionParameters = { user: "a", host: "127.0.0.1", port: 1, database: "a" };
    const client = { connectionParameters, processID: null, query: nothing, connect: nothing, end: nothing };
    await expect(postgres.connect(client)).rejects.toMatchObject({
      code: "LB0610",
      why: expect.stringContaining("before it was connected"),
      fix: [expect.stringContaining("await client.connect()"), "limbeck explain LB0610"],
    });
  });

  it("is not made from other objects", async () => {
    for (const value of [{}, new Map(), () => undefined]) {
      expect(postgres.identifyConnection(value)).toBeUndefined();
      await expect(postgres.connect(value)).rejects.toMatchObject({ code: "LB0618" });
    }
  });
});
