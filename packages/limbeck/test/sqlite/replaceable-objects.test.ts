import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe } from "vitest";
import { testReplaceableObjects } from "../replaceable/replaceable-objects.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-objects-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function dump(): string {
  const database = new DatabaseSync(join(folder, "app.db"), { readOnly: true });
  const rows = database.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
  database.close();
  return JSON.stringify(rows);
}

describe("views and triggers of SQLite that change", { timeout: 60_000 }, () => {
  testReplaceableObjects(() => ({ url: `sqlite:${join(folder, "app.db")}`, dump }), {
    trigger: (title) =>
      `CREATE TRIGGER guard AFTER INSERT ON todos BEGIN UPDATE todos SET title = '${title}' WHERE id = NEW.id; END`,
  });
});
