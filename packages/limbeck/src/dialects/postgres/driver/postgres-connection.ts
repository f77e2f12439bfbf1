import type { Connection, Row } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { encodeJson } from "../../../dialect/encode-text.ts";
import { encodeValue, findDecoder, isJsonType } from "../codec.ts";
import type { DriverResult, DriverSession } from "./driver.ts";

/** What is asked of a new session once. */
export interface SessionFacts {
  /** For example `15.4`. */
  readonly serverVersion: string;
  /** The URL without passwords. */
  readonly description: string;
}

function decodeRows({ rows, fields }: DriverResult): readonly Row[] {
  const columns = fields.map(({ name, type }) => ({ name, decode: findDecoder(type) }));
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, decode }, position) => {
        const text = row[position] ?? null;
        return [name, text === null ? null : decode(text)];
      }),
    ),
  );
}

/** A {@link Connection} over a session; values are encoded and decoded by `codec.ts`, by the type that the server gives for each column. */
export class PostgresConnection implements Connection {
  readonly serverVersion: string;
  readonly description: string;
  readonly #session: DriverSession;
  #isClosed = false;

  constructor(session: DriverSession, { serverVersion, description }: SessionFacts) {
    this.#session = session;
    this.serverVersion = serverVersion;
    this.description = description;
  }

  /** @throws ConnectionError, or the driver's own error when the server refuses the statement */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return (await this.#run(sql, parameters)).changes ?? 0;
  }

  /** @throws ConnectionError, or the driver's own error when the server refuses the statement */
  async query(sql: string, parameters: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return decodeRows(await this.#run(sql, parameters));
  }

  /** Runs one statement and gives its rows, and how many it changed; null for statements that change none. */
  async answer(
    sql: string,
    parameters: readonly SqlValue[],
  ): Promise<{ readonly rows: readonly Row[]; readonly changes: number | null }> {
    const result = await this.#run(sql, parameters);
    return { rows: decodeRows(result), changes: result.changes };
  }

  /** A session with a copy of the whole database; undefined where none can be had. */
  async copy(): Promise<DriverSession | undefined> {
    return this.#session.copy?.();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#session.end();
  }

  async #run(sql: string, parameters: readonly SqlValue[]): Promise<DriverResult> {
    if (this.#isClosed) throw connectionErrors.connectionClosed({ description: this.description });
    return this.#session.run(sql, await this.#encode(sql, parameters));
  }

  /** A list may be meant as an array or as JSON, which only its place in the statement tells: an empty one would become `{}` in JSON without a word. */
  async #encode(sql: string, parameters: readonly SqlValue[]): Promise<readonly (string | null)[]> {
    const types = parameters.some(Array.isArray) ? await this.#describeParameters(sql) : [];
    return parameters.map((value, index) =>
      Array.isArray(value) && isJsonType(types[index]) ? encodeJson(value) : encodeValue(value),
    );
  }

  /** The types, as OIDs, that the server finds for the parameters of a statement. */
  async #describeParameters(sql: string): Promise<readonly number[]> {
    const name = "limbeck_parameters";
    await this.#session.run(`PREPARE ${name} AS ${sql}`, []);
    const { rows } = await this.#session.run(
      `SELECT array_to_string(parameter_types::oid[], ',') AS types FROM pg_prepared_statements WHERE name = '${name}'`,
      [],
    );
    await this.#session.run(`DEALLOCATE ${name}`, []);
    return (rows[0]?.[0] ?? "").split(",").map(Number);
  }
}
