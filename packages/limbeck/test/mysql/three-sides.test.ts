import { afterEach, beforeEach, describe } from "vitest";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { testThreeSides } from "../three-sides/three-sides.ts";

const check = requireMariadb();

let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
});

afterEach(() => database.drop());

describe("check of models, revisions and a database of MariaDB", { timeout: 120_000 }, () => {
  testThreeSides(() => database);
});
