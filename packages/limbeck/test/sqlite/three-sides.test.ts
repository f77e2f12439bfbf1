import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe } from "vitest";
import { testThreeSides } from "../three-sides/three-sides.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-sides-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...statements: readonly string[]): Promise<void> {
  const database = new DatabaseSync(join(folder, "app.db"));
  for (const statement of statements) database.exec(statement);
  database.close();
  return Promise.resolve();
}

describe("check of models, revisions and a database of SQLite", { timeout: 60_000 }, () => {
  testThreeSides(() => ({ url: `sqlite:${join(folder, "app.db")}`, run }));
});
