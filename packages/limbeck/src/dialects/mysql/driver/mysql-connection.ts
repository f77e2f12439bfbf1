import type { Connection, Row } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { decodeValue } from "../codec.ts";
import { inlineParameters } from "../inline-parameters.ts";
import type { DriverResult, DriverSession } from "./driver.ts";

/** What is asked of a new session once. */
export interface SessionFacts {
  /** For example `10.11.6`. */
  readonly serverVersion: string;
  /** The URL without passwords. */
  readonly description: string;
}

/** What a statement answers. */
export interface StatementAnswer extends Pick<DriverResult, "changes" | "insertId"> {
  readonly rows: readonly Row[];
}

/** A {@link Connection} over a session; values are decoded by `codec.ts`, by the type that the server gives for each column. */
export class MysqlConnection implements Connection {
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
    return (await this.#run(sql, parameters)).changes;
  }

  /** @throws ConnectionError, or the driver's own error when the server refuses the statement */
  async query(sql: string, parameters: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return (await this.answer(sql, parameters)).rows;
  }

  /** Rows, and what the statement has done. @throws ConnectionError, or the driver's own error when the server refuses the statement */
  async answer(sql: string, parameters: readonly SqlValue[] = []): Promise<StatementAnswer> {
    const { rows, fields, changes, insertId } = await this.#run(sql, parameters);
    const decoded = rows.map((row) =>
      Object.fromEntries(
        fields.map((field, position) => {
          const bytes = row[position] ?? null;
          return [field.name, bytes === null ? null : decodeValue(bytes, field)];
        }),
      ),
    );
    return { rows: decoded, changes, insertId };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#session.end();
  }

  async #run(sql: string, parameters: readonly SqlValue[]): Promise<DriverResult> {
    if (this.#isClosed) throw connectionErrors.connectionClosed({ description: this.description });
    return this.#session.run(inlineParameters(sql, parameters));
  }
}
