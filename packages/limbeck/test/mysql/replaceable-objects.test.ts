import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe } from "vitest";
import { testReplaceableObjects } from "../replaceable/replaceable-objects.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const check = requireMariadb();

let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
});

afterEach(() => database.drop());

const dump = (): string =>
  execFileSync("mariadb-dump", [...mariadbClientOptions(database.url), "--no-data", "--skip-comments", database.name], {
    encoding: "utf8",
  });

describe("views and triggers of MariaDB that change", { timeout: 120_000 }, () => {
  testReplaceableObjects(() => ({ url: database.url, dump }), {
    trigger: (title) => `CREATE TRIGGER guard BEFORE INSERT ON todos FOR EACH ROW SET NEW.title = '${title}'`,
  });
});
