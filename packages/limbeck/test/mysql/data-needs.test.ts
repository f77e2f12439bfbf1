import { afterEach, beforeEach, describe } from "vitest";
import { testDataNeeds } from "../needs/data-needs.ts";
import { testLateChanges } from "../needs/late-changes.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();

let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
});

afterEach(() => database.drop());

describe("changes that rows may stop, on MariaDB", { timeout: 120_000 }, () => {
  testDataNeeds("mysql", () => database);
  testLateChanges("mysql", () => database);
});
