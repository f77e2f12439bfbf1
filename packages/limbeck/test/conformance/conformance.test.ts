import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationKind } from "../../src/ops/operation.ts";
import { CASES } from "./cases/index.ts";
import type { RunningEngine, TestDatabase } from "./engine.ts";
import { ENGINES } from "./engines.ts";
import { runConformanceCase } from "./run-case.ts";

// Both have every kind of operation as keys, which Object.entries cannot say.
const KINDS = Object.keys(CASES) as OperationKind[];

describe.each(ENGINES)("every operation on $label", (engine) => {
  let running: RunningEngine | undefined;
  let database: TestDatabase | undefined;
  let obstacle: unknown;
  const check = engine.require?.();

  beforeAll(async () => {
    try {
      running = await engine.start();
      database = await running.open();
    } catch (error) {
      obstacle = error;
    }
  }, 240_000);

  afterAll(async () => {
    await database?.close();
    await running?.stop();
  });

  it.each(KINDS)("%s has a case", (kind) => {
    const own = CASES[kind].filter(({ without }) => without?.[engine.name] === undefined);
    expect(own.length).toBeGreaterThan(0);
  });

  const cases = KINDS.flatMap((kind) => CASES[kind].map((one) => ({ kind, one, title: `${kind}: ${one.title}` })));
  it.for(cases.filter(({ one }) => one.without?.[engine.name] === undefined))(
    "$title",
    async ({ kind, one }, context) => {
      check?.(context);
      if (database === undefined || running === undefined)
        throw new Error(`No database of ${engine.label} can be opened.`, { cause: obstacle });
      const operations = await runConformanceCase(one, { ...engine, open: running.open }, database);
      const kinds = operations.flatMap((operation): readonly OperationKind[] =>
        operation.kind === "alterTable"
          ? [operation.kind, ...operation.operations.map((part) => part.kind)]
          : [operation.kind],
      );
      expect(kinds).toContain(kind);
    },
  );
});
