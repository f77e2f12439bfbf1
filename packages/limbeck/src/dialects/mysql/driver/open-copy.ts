import type { Connection } from "../../../dialect/connection.ts";
import type { ScratchOptions } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { dispatchOperation, type Operation } from "../../../ops/operation.ts";
import { EMPTY_SCHEMA, findTable } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { COMPILE } from "../compile/compile-operations.ts";
import { introspect } from "../introspect/introspect.ts";
import { createSpelling, type Spell } from "../introspect/spelling.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";
import { openScratch } from "./open-scratch.ts";
import { readText } from "./read-text.ts";

interface StoredTable {
  readonly name: string;
  /** In the server's own words, without the name of the database. */
  readonly definition: string;
  /** Those whose values are stored, in this table and not in those that it unites. */
  readonly columns: readonly string[];
}

async function listTables(original: Connection, spell: Spell): Promise<readonly StoredTable[]> {
  const rows = await original.query(
    `SELECT t.TABLE_NAME AS name, t.ENGINE AS engine, c.COLUMN_NAME AS \`column\`
    FROM information_schema.TABLES AS t
    JOIN information_schema.COLUMNS AS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
    WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
      AND COALESCE(c.GENERATION_EXPRESSION, '') = ''
    ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION`,
  );
  const tables: StoredTable[] = [];
  for (const [name, columns] of Map.groupBy(rows, (row) => readText(row, "name"))) {
    const [row] = await original.query(`SHOW CREATE TABLE ${quoteIdentifier(name)}`);
    const isUniting = readText(columns[0], "engine") === "MRG_MyISAM";
    tables.push({
      name,
      definition: spell(readText(row, "Create Table")),
      columns: isUniting ? [] : columns.map((column) => readText(column, "column")),
    });
  }
  return tables;
}

/** Creates what can be created, and tries the rest again as long as something succeeds: they may need one another in any order. */
async function createAll(copy: Connection, statements: readonly string[]): Promise<readonly string[]> {
  let pending = statements;
  for (let size = -1; size !== pending.length;) {
    size = pending.length;
    const failed: string[] = [];
    for (const statement of pending) await copy.execute(statement).catch(() => failed.push(statement));
    pending = failed;
  }
  return pending;
}

function compile(copy: Connection, operation: Operation): readonly Statement[] {
  const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: copy.serverVersion };
  return dispatchOperation(COMPILE, operation, context);
}

async function runAll(copy: Connection, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) {
    for (const { sql } of compile(copy, operation)) await copy.execute(sql);
  }
}

/** Rows as they are now; reading them like this lets everybody else write. */
async function copyRows(copy: Connection, database: string, tables: readonly StoredTable[]): Promise<void> {
  await copy.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
  await copy.execute("START TRANSACTION");
  for (const { name, columns } of tables) {
    const list = quoteList(columns);
    const from = `${quoteIdentifier(database)}.${quoteIdentifier(name)}`;
    if (columns.length > 0)
      await copy.execute(`INSERT INTO ${quoteIdentifier(name)} (${list}) SELECT ${list} FROM ${from}`);
  }
  await copy.execute("COMMIT");
}

/** What stands for bytes that are no text, which only the model keeps. */
const LOST = "\uFFFD";

async function createTable(copy: Connection, definition: string, table: Table | undefined): Promise<void> {
  if (table && definition.includes(LOST)) await runAll(copy, [{ kind: "createTable", table }]);
  else await copy.execute(definition);
}

/** The copy of a sequence goes on where the original one would. */
async function copyCounter(copy: Connection, original: Connection, sequence: string): Promise<void> {
  const name = quoteIdentifier(sequence);
  const [row] = await original.query(`SELECT CAST(next_not_cached_value AS CHAR) AS next FROM ${name}`);
  await copy.query(`SELECT SETVAL(${name}, ${readText(row, "next")}, 0) AS counter`);
}

async function fill(copy: Connection, original: Connection): Promise<void> {
  const [current] = await original.query("SELECT DATABASE() AS name");
  const { schema, unmanaged } = await introspect(original);
  const database = readText(current, "name");
  const tables = await listTables(original, createSpelling(database));
  await copy.execute("SET SESSION foreign_key_checks = 0");
  // Sequences that columns count by have to be there before the tables; views cannot.
  await runAll(
    copy,
    schema.sequences.map((sequence) => ({ kind: "createSequence", sequence })),
  );
  for (const { name } of schema.sequences) await copyCounter(copy, original, name);
  const late = await createAll(
    copy,
    unmanaged.flatMap(({ definition }) => definition ?? []),
  );
  for (const { name, definition } of tables) await createTable(copy, definition, findTable(schema, name));
  // A zero would be given a number otherwise.
  await copy.execute("SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
  await copyRows(copy, database, tables);
  await copy.execute("SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_AUTO_VALUE_ON_ZERO', '')");
  await runAll(copy, [
    ...schema.objects.map((object) => ({ kind: "createObject", object }) as const),
    ...schema.triggers.map((trigger) => ({ kind: "createTrigger", trigger }) as const),
  ]);
  const views = schema.views.flatMap((view) => compile(copy, { kind: "createView", view }));
  await createAll(copy, [...late, ...views.map(({ sql }) => sql)]);
  await copy.execute("SET SESSION foreign_key_checks = 1");
}

/**
 * A copy with all rows, in a scratch database of the same server, which copies them from one database to the other.
 *
 * @throws ConnectionError when none may be created, or it is on another server (copyUnsupported)
 */
export async function openCopy(original: Connection, options?: ScratchOptions): Promise<Connection> {
  const copy = await openScratch(options);
  try {
    await fill(copy, original);
    return copy;
  } catch (error) {
    await copy.close();
    throw connectionErrors.copyUnsupported({ url: original.description }, error);
  }
}
