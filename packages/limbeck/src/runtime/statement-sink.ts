import type { Connection, Row } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { SqlValue } from "../ops/operation.ts";
import { describeRow } from "./describe-row.ts";

/** Thrown by a sink when a guard finds rows; the runner knows which operation it belongs to. */
export class GuardFinding extends Error {
  override readonly name: string = "GuardFinding";
  readonly meaning: string;
  readonly finding: string;

  constructor(meaning: string, finding: string) {
    super(meaning);
    this.meaning = meaning;
    this.finding = finding;
  }
}

/** Where the statements of a run go. */
export interface StatementSink {
  /**
   * Runs or writes one statement.
   *
   * @returns how many rows it changed
   * @throws GuardFinding when the statement is a guard and it fires
   */
  run(statement: Statement): Promise<number>;
  /** Reads rows; undefined where there is no database to read. */
  readonly query: ((sql: string, parameters?: readonly SqlValue[]) => Promise<readonly Row[]>) | undefined;
  /** A line for people who read a script; does nothing on a database. */
  note(text: string): void;
}

async function runStatement(connection: Connection, statement: Statement): Promise<number> {
  if (statement.guard === undefined) return connection.execute(statement.sql, statement.parameters);
  const findings = await connection.query(statement.sql, statement.parameters);
  if (findings.length > 0) throw new GuardFinding(statement.guard, findings.slice(0, 5).map(describeRow).join("; "));
  return 0;
}

/** Runs every statement on a database. */
export function createConnectionSink(connection: Connection): StatementSink {
  return {
    run: (statement) => runStatement(connection, statement),
    query: (sql, parameters) => connection.query(sql, parameters),
    note: () => undefined,
  };
}

/** Turns a statement into text; empty for one that is not to be seen. */
export type StatementRenderer = (statement: Statement) => string;

/**
 * Statements as people read them: a guard becomes a remark, because the SQL that makes a script stop says little.
 *
 * @param dialect writes everything else
 */
export function createPreviewRenderer(dialect: Dialect): StatementRenderer {
  return (statement) => {
    if (statement.isAuxiliary) return "";
    if (statement.guard !== undefined) return `-- stops here if ${statement.guard}`;
    return dialect.renderScriptStatement(statement);
  };
}

/** Writes every statement as text, and runs none. */
export function createWritingSink(
  render: StatementRenderer,
  write: (text: string) => void,
): Pick<StatementSink, "run"> {
  return {
    async run(statement) {
      const text = render(statement);
      if (text !== "") write(`${text}\n`);
      return 0;
    },
  };
}

/**
 * Writes every statement as text, and runs it on a scratch database so that the operations after it meet the schema they expect.
 *
 * @param write receives the text piece by piece; pieces end with a newline
 */
export function createScriptSink(
  scratch: Connection,
  render: StatementRenderer,
  write: (text: string) => void,
): StatementSink {
  return {
    async run(statement) {
      const changed = await runStatement(scratch, statement);
      const text = render(statement);
      if (text !== "") write(`${text}\n`);
      return changed;
    },
    query: undefined,
    note: (text) => write(`-- ${text.replaceAll("\n", "\n-- ")}\n`),
  };
}
