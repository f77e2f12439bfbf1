import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { findTable } from "../../src/schema/model/schema.ts";
import { findColumn } from "../../src/schema/model/table.ts";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import { openScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

/** Everything that a rebuild could lose, around one table of 1,000 rows. */
const RICH = `
  CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE todos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title VARCHAR(255) NOT NULL COLLATE NOCASE CHECK (title <> ''),
    position INTEGER NOT NULL DEFAULT 0,
    parent_id INTEGER REFERENCES todos (id) ON DELETE SET NULL,
    list_id INTEGER NOT NULL REFERENCES lists (id) DEFERRABLE INITIALLY DEFERRED,
    slug TEXT GENERATED ALWAYS AS (lower(title)) VIRTUAL,
    weight INTEGER AS (position * 10) STORED,
    CONSTRAINT uq_place UNIQUE (list_id, position) ON CONFLICT REPLACE,
    CHECK (position >= 0)
  );
  CREATE TABLE comments (id INTEGER PRIMARY KEY, todo_id INTEGER NOT NULL REFERENCES todos (id) ON DELETE CASCADE);
  CREATE TABLE log (entry TEXT);
  CREATE INDEX ix_open ON todos (title DESC) WHERE parent_id IS NULL;
  CREATE UNIQUE INDEX ix_lower ON todos (lower(title), list_id);
  CREATE VIEW roots AS SELECT id, title, slug FROM todos WHERE parent_id IS NULL;
  CREATE VIEW root_count AS SELECT count(*) AS n FROM roots;
  CREATE TRIGGER todos_log AFTER UPDATE OF title ON todos BEGIN INSERT INTO log VALUES (old.title || '>' || new.title); END;
  CREATE TRIGGER comments_touch AFTER INSERT ON comments BEGIN UPDATE todos SET title = title || '!' WHERE id = new.todo_id; END;
  CREATE TRIGGER roots_insert INSTEAD OF INSERT ON roots BEGIN INSERT INTO todos (title, position, list_id) VALUES (new.title, 99999, 1); END;
  INSERT INTO lists VALUES (1, 'home'), (2, 'work');
  INSERT INTO todos (title, position, parent_id, list_id)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
    SELECT 'todo ' || i, i, CASE WHEN i % 3 = 0 THEN i - 1 END, 1 + i % 2 FROM n;
  DELETE FROM todos WHERE id > 1000;
  INSERT INTO comments SELECT NULL, id FROM todos WHERE id % 2 = 0;
  DELETE FROM log;
  UPDATE todos SET title = 'todo 1' WHERE id = 1;
`;

async function readEverything(database: ScratchDatabase): Promise<unknown> {
  return {
    schema: await database.introspect(),
    texts: await database.rows(
      "SELECT name, sql FROM sqlite_schema WHERE name <> 'todos' AND type <> 'index' ORDER BY name",
    ),
    todos: await database.rows("SELECT rowid, * FROM todos"),
    comments: await database.rows("SELECT * FROM comments"),
    counter: await database.rows("SELECT name, seq FROM sqlite_sequence"),
    integrity: await database.rows("PRAGMA integrity_check"),
  };
}

/** The objects around the table still do what they did. */
async function expectWorking({ connection, rows }: ScratchDatabase): Promise<void> {
  await connection.execute("SAVEPOINT probe");
  await connection.execute("DELETE FROM log");
  await connection.execute("INSERT INTO comments (todo_id) VALUES (2)");
  expect(await rows("SELECT * FROM log")).toEqual([["todo 2!>todo 2!!"]]);
  await connection.execute("INSERT INTO roots (title) VALUES ('new')");
  expect(await rows("SELECT id FROM todos WHERE title = 'new'")).toEqual([[1101]]);
  expect(await rows("SELECT n FROM root_count")).toEqual([[668]]);
  await connection.execute("DELETE FROM todos WHERE id = 4");
  expect(await rows("SELECT count(*) FROM comments WHERE todo_id = 4")).toEqual([[0]]);
  await connection.execute("ROLLBACK TO probe");
  await connection.execute("RELEASE probe");
}

async function changeTitle(database: ScratchDatabase): Promise<Operation> {
  const title = findColumn(findTable(await database.introspect(), "todos")!, "title")!;
  return { kind: "alterColumn", table: "todos", from: title, to: { ...title, type: { kind: "text" } } };
}

describe.each([["3.53", undefined] as const, ["3.40", OLDEST_VERSION] as const])(
  "rebuild, SQLite %s",
  (_name, version) => {
    it("keeps rows, children, triggers, views, indexes, counters and self references, up and down", async () => {
      const database = await openScratchDatabase(RICH, version);
      await database.connection.execute("PRAGMA foreign_keys=ON");
      const before = await readEverything(database);
      expect(await database.rows("SELECT count(*) FROM todos")).toEqual([[1000]]);
      await expectWorking(database);

      const operation = await changeTitle(database);
      await database.run(operation);
      await expectWorking(database);
      const up = await readEverything(database);
      expect(findColumn(findTable(await database.introspect(), "todos")!, "title")?.type).toEqual({ kind: "text" });

      await database.run(reverseOperation(operation));
      await expectWorking(database);
      expect(await readEverything(database)).toEqual(before);

      await database.run(operation);
      expect(await readEverything(database)).toEqual(up);
    });
  },
);
