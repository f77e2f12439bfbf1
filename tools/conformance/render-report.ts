import { CASES } from "../../packages/limbeck/src/testing/conformance/cases/index.ts";
import { ENGINES } from "../../packages/limbeck/test/conformance/engines.ts";
import type { OperationKind } from "../../packages/limbeck/src/ops/operation.ts";
import type { CaseResult } from "./read-results.ts";

/** A report for people. */
export interface Report {
  readonly text: string;
  /** How many kinds of operations an engine has neither passed a case of nor is declared to be without. */
  readonly missing: number;
}

/** An engine as the report needs it. */
interface Engine {
  readonly label: string;
  readonly dialect: { readonly name: string };
}

// It has every kind of operation as a key, which Object.entries cannot say.
const KINDS = Object.keys(CASES) as OperationKind[];

const listDeviations = (kind: OperationKind, name: string) =>
  CASES[kind].flatMap(({ title, without }) => {
    const reason = without?.[name];
    return reason === undefined ? [] : [{ title, reason }];
  });

/** The cell of a kind on an engine: cases that passed of those that there are, and how many it has not. */
function renderCell(kind: OperationKind, engine: Engine, results: readonly CaseResult[]): string {
  const own = results.filter((result) => result.engine === engine.label && result.kind === kind);
  const cases = own.filter(({ title }) => title !== undefined);
  const passed = cases.filter(({ status }) => status === "passed").length;
  const failed = cases.filter(({ status }) => status === "failed").length;
  const deviations = listDeviations(kind, engine.dialect.name).length;
  if (cases.length === 0) {
    const isDeclared = own.some(({ status }) => status === "passed");
    return isDeclared ? "unsupported" : "MISSING";
  }
  const state =
    failed > 0 ? `${failed} FAILED of ${cases.length}` : passed === 0 ? "not run" : `${passed}/${cases.length}`;
  return deviations === 0 ? state : `${state} (-${deviations})`;
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function renderDeviations(): string {
  const lines = KINDS.flatMap((kind) =>
    [...new Set(ENGINES.map(({ dialect }) => dialect.name))].flatMap((name) =>
      listDeviations(kind, name).map(({ title, reason }) => `  ${name}: ${kind}: ${title}: ${reason}`),
    ),
  );
  return lines.length === 0 ? "" : `\nDeclared deviations:\n${lines.toSorted().join("\n")}\n`;
}

/**
 * The table of kinds and engines.
 *
 * @example
 * // kind         node:sqlite  postgres
 * // createIndex  4/5 (-1)     5/5
 */
export function renderReport(results: readonly CaseResult[], engines: readonly Engine[] = ENGINES): Report {
  const rows = KINDS.map((kind) => [kind, ...engines.map((engine) => renderCell(kind, engine, results))]);
  const passed = results.filter(({ title, status }) => title !== undefined && status === "passed").length;
  const missing = rows.flat().filter((cell) => cell === "MISSING").length;
  const total = `\n${passed} cases passed: ${KINDS.length} kinds of operations on ${engines.length} engines, ${missing} missing.\n`;
  const table = renderTable([["kind", ...engines.map(({ label }) => label)], ...rows]);
  return { text: `${table}${total}${renderDeviations()}`, missing };
}
