import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe } from "vitest";
import { testDataNeeds } from "../needs/data-needs.ts";
import { testLateChanges } from "../needs/late-changes.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-needs-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function rows(sql: string): Promise<readonly object[]> {
  const database = new DatabaseSync(join(folder, "app.db"));
  const found = database.prepare(sql).all();
  database.close();
  return Promise.resolve(found);
}

function run(...statements: readonly string[]): Promise<void> {
  const database = new DatabaseSync(join(folder, "app.db"), { enableForeignKeyConstraints: false });
  for (const statement of statements) database.exec(statement);
  database.close();
  return Promise.resolve();
}

describe("changes that rows may stop, on SQLite", { timeout: 60_000 }, () => {
  testDataNeeds("sqlite", () => ({ url: `sqlite:${join(folder, "app.db")}`, run, rows }));
  testLateChanges("sqlite", () => ({ url: `sqlite:${join(folder, "app.db")}`, run, rows }));
});
