import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dispatchOperation, type OperationKind } from "../../src/ops/operation.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model/schema.ts";
import { OBJECT_SAMPLES } from "../../src/testing/conformance/cases/object-cases.ts";
import { CASES } from "../../src/testing/conformance/cases/index.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";
import type { RunningEngine } from "./engine.ts";
import { ENGINES } from "./engines.ts";
import { runConformanceCase } from "../../src/testing/conformance/run-case.ts";

// Both have every kind of operation as keys, which Object.entries cannot say.
const KINDS = Object.keys(CASES) as OperationKind[];

describe.each(ENGINES)("every operation on $label", (engine) => {
  let running: RunningEngine | undefined;
  let database: ConformanceDatabase | undefined;
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

  it.each(KINDS)("%s has a case, or is refused with a reason", (kind) => {
    const own = CASES[kind].filter(({ without }) => without?.[engine.dialect.name] === undefined);
    if (own.length > 0) return;
    const sample = OBJECT_SAMPLES[kind];
    if (!sample) throw new Error(`No case and no refusal of ${kind} on ${engine.dialect.name}.`);
    const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: engine.dialect.oldestVersion };
    expect(() => dispatchOperation(engine.dialect.compile, sample, context)).toThrow(
      expect.objectContaining({ code: "LB0541" }),
    );
  });

  const cases = KINDS.flatMap((kind) => CASES[kind].map((one) => ({ kind, one, title: `${kind}: ${one.title}` })));
  it.for(cases.filter(({ one }) => one.without?.[engine.dialect.name] === undefined))(
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
