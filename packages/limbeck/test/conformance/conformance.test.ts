import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationKind } from "../../src/ops/operation.ts";
import { CASES } from "./cases/index.ts";
import { ENGINES, type TestDatabase } from "./engine.ts";
import { runConformanceCase } from "./run-case.ts";

// Both have every kind of operation as keys, which Object.entries cannot say.
const KINDS = Object.keys(CASES) as OperationKind[];

describe.each(ENGINES)("every operation on $name", (engine) => {
  let database: TestDatabase | undefined;
  const check = engine.require?.();

  beforeAll(async () => {
    database = await engine.open().catch(() => undefined);
  });

  afterAll(async () => {
    await database?.close();
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
      if (database === undefined) throw new Error(`No database of ${engine.name} can be opened.`);
      const operations = await runConformanceCase(one, engine, database);
      const kinds = operations.flatMap((operation): readonly OperationKind[] =>
        operation.kind === "alterTable"
          ? [operation.kind, ...operation.operations.map((part) => part.kind)]
          : [operation.kind],
      );
      expect(kinds).toContain(kind);
    },
  );
});
