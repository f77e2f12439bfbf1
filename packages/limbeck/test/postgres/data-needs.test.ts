import { afterEach, beforeEach, describe } from "vitest";
import { testDataNeeds } from "../needs/data-needs.ts";
import { testLateChanges } from "../needs/late-changes.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
});

afterEach(() => database.drop());

describe("changes that rows may stop, on PostgreSQL", { timeout: 120_000 }, () => {
  testDataNeeds("postgres", () => database);
  testLateChanges("postgres", () => database);
});
