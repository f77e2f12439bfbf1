import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Connection, Row } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { encodeValue, findDecoder } from "../codec.ts";
import type { Decoder } from "../codec.ts";
import type { StoredValue } from "../stored-value.ts";
import { inspectStatement } from "./inspect-statement.ts";
import type { StatementFacts } from "./inspect-statement.ts";

const KEPT_STATEMENTS = 16;

/**
 * A {@link Connection} over a database opened with `node:sqlite`.
 *
 * Values are encoded and decoded by `codec.ts`. A value is decoded by the declared type of the column that it comes from, which SQLite tells for
 * columns of tables, also through joins, views, subqueries, common table expressions, UNION, aliases and RETURNING. It tells none for expressions, so
 * `max(created_at)` or `count(*)` come as stored. In STRICT tables the declared type is one of six, so booleans come as 0 and 1
 * there, and dates and JSON as text. (Seen with SQLite 3.50.2 of Node 22.18 and 3.53.4 of Node 24.)
 *
 * Node 22 reads text up to its first zero character only (seen with 22.18 and 22.23; not with 24 and 26); what is stored is whole.
 */
export class NodeSqliteConnection implements Connection {
  readonly serverVersion: string;
  readonly description: string;
  readonly #database: DatabaseSync;
  /** Prepared statements by their text; see {@link NodeSqliteConnection.#remember}. */
  readonly #changes = new Map<string, PreparedStatement>();
  #isClosed = false;

  constructor(database: DatabaseSync, description: string) {
    this.#database = database;
    this.description = description;
    this.serverVersion = String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  }

  /** @throws ConnectionError, or the driver's own error when the engine refuses the statement */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const prepared = this.#changes.get(sql) ?? this.#prepare(sql);
    const values = bindValues(sql, prepared, parameters);
    const { statement, changesRows } = prepared;
    // run() takes one step only, which is not enough for a SELECT over several rows.
    if (prepared.hasColumns) {
      const rows = statement.all(...values);
      return changesRows ? rows.length : 0;
    }
    const { changes } = statement.run(...values);
    return changesRows ? Number(changes) : 0;
  }

  /** @throws ConnectionError, or the driver's own error when the engine refuses the statement */
  async query(sql: string, parameters: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const prepared = this.#prepare(sql);
    const rows = prepared.statement.all(...bindValues(sql, prepared, parameters));
    if (rows.length === 0) return [];
    const columns = prepared.statement.columns().map(({ name, type }) => ({ name, decode: findDecoder(type) }));
    // With setReadBigInts, every value is one of the five stored kinds.
    return rows.map((row) => decodeRow(row as StoredRow, columns));
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
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    const prepared = { ...facts, statement, hasColumns: statement.columns().length > 0 };
    this.#remember(sql, prepared);
    return prepared;
  }

  /**
   * Keeps the statements that change rows, because revisions run them in loops, seven times faster when prepared once.
   * Those that give rows are not kept: after a change of the schema the driver would give their columns from before.
   */
  #remember(sql: string, prepared: PreparedStatement): void {
    const isChange = prepared.changesRows && !prepared.hasColumns;
    if (!isChange || this.#changes.size >= KEPT_STATEMENTS) this.#changes.clear();
    if (isChange) this.#changes.set(sql, prepared);
  }
}

interface PreparedStatement extends StatementFacts {
  readonly statement: StatementSync;
  readonly hasColumns: boolean;
}

type StoredRow = Readonly<Record<string, StoredValue>>;

interface ResultColumn {
  readonly name: string;
  readonly decode: Decoder;
}

/**
 * The values as the driver takes them. They are encoded here, and not left to the driver, because it takes a leading object, a
 * Date too, for named parameters, and then runs the statement with NULL in every place.
 */
function bindValues(sql: string, { placeholders }: StatementFacts, parameters: readonly SqlValue[]): StoredValue[] {
  if (placeholders !== parameters.length) {
    throw connectionErrors.parametersMismatch({ sql, placeholders, values: parameters.length });
  }
  return parameters.map((value) => encodeValue(value));
}

function decodeRow(row: StoredRow, columns: readonly ResultColumn[]): Row {
  return Object.fromEntries(columns.map(({ name, decode }) => [name, decode(row[name] ?? null)]));
}
