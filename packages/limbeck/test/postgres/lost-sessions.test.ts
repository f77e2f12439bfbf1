import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { EXISTING } from "./drivers/subject.ts";

const check = requirePostgres();

// A client without a listener for errors brings the process down when its session is lost; through Kysely nobody can give it one.
const SERVERS = EXISTING.filter(({ needsServer, name }) => needsServer && name !== "an instance of Kysely");

describe.each(SERVERS)("$name whose session is lost", (subject) => {
  it("fails with the statement that ran, and gives back what is left", async (context) => {
    check(context);
    const place = await createPostgresDatabase();
    const own = await subject.openOwn(place);
    const lock = await postgres.acquireLock(own.object, 0);
    const connection = await lock.connect();
    const [row] = await connection.query("SELECT pg_backend_pid() AS pid");
    const sleeping = connection.query("SELECT pg_sleep(30)").then(
      () => "slept",
      (error: unknown) => String(error),
    );
    const other = await postgres.connect(place.url);
    await other.query("SELECT pg_terminate_backend($1)", [Number(row?.["pid"])]);
    expect(await sleeping).toMatch(/terminat|closed|lost|ECONNRESET/i);
    await connection.close();
    await lock.release();
    // A pool has others.
    const again = await postgres.acquireLock(own.object, 0).then(
      async (next) => next.release().then(() => "free"),
      ({ code }: { readonly code: string }) => code,
    );
    expect(again).toBe(subject.isSingleSession ? "LB0624" : "free");
    await other.close();
    // postgres.js waits for a lost session for ever, without us too.
    await Promise.race([own.close().catch(() => undefined), wait(1000)]);
    await place.drop();
  });
});

describe.each(["pg", "postgres"])(
  "a session of the driver %s that the server ends between two statements",
  (driver) => {
    it("is told as a lost connection", async (context) => {
      check(context);
      const place = await createPostgresDatabase();
      const connection = await postgres.connect(place.url, { driver });
      const [row] = await connection.query("SELECT pg_backend_pid() AS pid");
      const other = await postgres.connect(place.url);
      await other.query("SELECT pg_terminate_backend($1, 10000)", [Number(row?.["pid"])]);
      await wait(50);
      await expect(connection.query("SELECT 1")).rejects.toMatchObject({ code: "LB0648" });
      await connection.close();
      await other.close();
      await place.drop();
    });
  },
);

describe("an object of pg that cannot be used", () => {
  // The package has no types.
  const pg = createRequire(import.meta.url)("pg") as {
    readonly Client: new (url: string) => object & { connect(): Promise<void>; end(): Promise<void> };
    readonly Pool: new (config: object) => object & { end(): Promise<void> };
  };

  it("is told by what the driver says, and without a password", async (context) => {
    check(context);
    const place = await createPostgresDatabase();
    const client = new pg.Client(place.url);
    await client.connect();
    await client.end();
    await expect(postgres.connect(client)).rejects.toMatchObject({ code: "LB0624" });
    await expect(postgres.acquireLock(client, 0)).rejects.toMatchObject({ code: "LB0624" });
    const pool = new pg.Pool({ connectionString: place.url.replace("postgres@", "nobody_here:geheim@") });
    const refusal: unknown = await postgres.connect(pool).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "LB0624", why: expect.stringContaining("nobody_here") });
    expect(JSON.stringify(refusal)).not.toContain("geheim");
    await pool.end();
    await place.drop();
  });
});
