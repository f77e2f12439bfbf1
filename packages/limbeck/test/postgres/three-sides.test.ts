import { afterEach, beforeEach, describe } from "vitest";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { testThreeSides } from "../three-sides/three-sides.ts";

const check = requirePostgres();

let database: PostgresDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
});

afterEach(() => database.drop());

describe("check of models, revisions and a database of PostgreSQL", { timeout: 120_000 }, () => {
  testThreeSides(() => database);
});
