import type { Connection, Row } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { encodeValue, findDecoder } from "../codec.ts";
import type { Decoder } from "../codec.ts";
import type { StoredValue } from "../stored-value.ts";
import type { DriverDatabase, DriverStatement } from "./driver.ts";
import { inspectStatement } from "./inspect-statement.ts";
import type { StatementFacts } from "./inspect-statement.ts";

const KEPT_STATEMENTS = 16;

/**
 * A {@link Connection} over a database that a driver has opened.
 *
 * Values are encoded and decoded by `codec.ts`. A value is decoded by the declared type of the column that it comes from, which SQLite tells for
 * columns of tables, also through joins, views, subqueries, common table expressions, UNION, aliases and RETURNING. It tells none for expressions, so
 * `max(created_at)` or `count(*)` come as stored. In STRICT tables the declared type is one of six, so booleans come as 0 and 1
 * there, and dates and JSON as text.
 */
export class SqliteConnection implements Connection {
  readonly serverVersion: string;
  readonly description: string;
  readonly #database: DriverDatabase;
  /** Prepared statements by their text; see {@link SqliteConnection.#remember}. */
  readonly #changes = new Map<string, PreparedStatement>();
  #isClosed = false;

  constructor(database: DriverDatabase, description: string) {
    this.#database = database;
    this.description = description;
    this.serverVersion = String(database.prepare("SELECT sqlite_version()").all([])[0]?.[0]);
  }

  /** @throws ConnectionError, or the driver's own error when the engine refuses the statement */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const prepared = this.#changes.get(sql) ?? this.#prepare(sql);
    const values = bindValues(sql, prepared, parameters);
    const { statement, changesRows } = prepared;
    // run() takes one step only, which is not enough for a SELECT over several rows.
    if (statement.hasColumns) {
      const rows = statement.all(values);
      return changesRows ? rows.length : 0;
    }
    const changes = statement.run(values);
    return changesRows ? Number(changes) : 0;
  }

  /** @throws ConnectionError, or the driver's own error when the engine refuses the statement */
  async query(sql: string, parameters: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const prepared = this.#prepare(sql);
    const values = bindValues(sql, prepared, parameters);
    const { statement } = prepared;
    if (!statement.hasColumns) {
      statement.run(values);
      return [];
    }
    const rows = statement.all(values);
    if (rows.length === 0) return [];
    const columns = statement.columns().map(({ name, type }) => ({ name, decode: findDecoder(type) }));
    return rows.map((row) => decodeRow(row, columns));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#changes.clear();
    this.#database.close();
  }

  #prepare(sql: string): PreparedStatement {
    if (this.#isClosed) throw connectionErrors.connectionClosed({ description: this.description });
    const facts = inspectStatement(sql);
    const prepared = { ...facts, statement: this.#database.prepare(sql) };
    this.#remember(sql, prepared);
    return prepared;
  }

  /**
   * Keeps the statements that change rows, because revisions run them in loops, seven times faster when prepared once.
   * Those that give rows are not kept: after a change of the schema the driver would give their columns from before.
   */
  #remember(sql: string, prepared: PreparedStatement): void {
    const isChange = prepared.changesRows && !prepared.statement.hasColumns;
    if (!isChange || this.#changes.size >= KEPT_STATEMENTS) this.#changes.clear();
    if (isChange) this.#changes.set(sql, prepared);
  }
}

interface PreparedStatement extends StatementFacts {
  readonly statement: DriverStatement;
}

interface DecodedColumn {
  readonly name: string;
  readonly decode: Decoder;
}

/**
 * The values as drivers take them. They are encoded here, and not left to a driver, because those take a leading object, a
 * Date too, for named parameters, and some then run the statement with NULL in every place.
 */
function bindValues(sql: string, { placeholders }: StatementFacts, parameters: readonly SqlValue[]): StoredValue[] {
  if (placeholders !== parameters.length) {
    throw connectionErrors.parametersMismatch({ sql, placeholders, values: parameters.length });
  }
  return parameters.map((value) => encodeValue(value));
}

function decodeRow(row: readonly StoredValue[], columns: readonly DecodedColumn[]): Row {
  return Object.fromEntries(columns.map(({ name, decode }, position) => [name, decode(row[position] ?? null)]));
}
