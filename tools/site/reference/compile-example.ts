import { loadDialect } from "../../../packages/limbeck/src/dialects/registry.ts";
import type { Dialect } from "../../../packages/limbeck/src/dialect/dialect.ts";
import { LimbeckError } from "../../../packages/limbeck/src/kernel/errors/limbeck-error.ts";
import { applyOperation } from "../../../packages/limbeck/src/ops/apply/apply-operation.ts";
import { dispatchOperation, type Operation } from "../../../packages/limbeck/src/ops/operation.ts";
import { createOperations } from "../../../packages/limbeck/src/runtime/create-operations.ts";
import { createOperationQueue } from "../../../packages/limbeck/src/runtime/operation-queue.ts";
import { createPreviewRenderer } from "../../../packages/limbeck/src/runtime/statement-sink.ts";
import type { Operations } from "../../../packages/limbeck/src/runtime/operations.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../../packages/limbeck/src/schema/builder/naming-convention.ts";
import { EMPTY_SCHEMA } from "../../../packages/limbeck/src/schema/model/schema.ts";
import { prepareTables, type OperationExample } from "./operation-examples.ts";

/** The engines of the reference, by the names that people know, with a URL that leads to the dialect. */
const ENGINES: ReadonlyMap<string, string> = new Map([
  ["SQLite", "sqlite:"],
  ["PostgreSQL", "postgres:"],
  ["MariaDB", "mariadb:"],
]);

/** What an engine makes of an example. */
export interface CompiledExample {
  readonly engine: string;
  /** None where it is refused, and where only rows would tell. */
  readonly sql: readonly string[];
  /** The code of the error with which it is refused. */
  readonly refusedWith?: string;
}

/** An `op` that writes down which statements its calls become, without a database. */
function recordStatements(dialect: Dialect): { readonly op: Operations; readonly take: () => readonly string[] } {
  const render = createPreviewRenderer(dialect);
  let schema = EMPTY_SCHEMA;
  let texts: string[] = [];
  const queue = createOperationQueue(() => new Error("an example goes on after its end"));
  const perform = (operation: Operation): void => {
    const before = schema;
    schema = applyOperation(operation, before);
    const context = { before, after: schema, serverVersion: dialect.oldestVersion };
    texts.push(
      ...dispatchOperation(dialect.compile, operation, context)
        .map(render)
        .filter((text) => text !== ""),
    );
  };
  const { namespaceOf, foldTableNames } = dialect.diffRules;
  const op = createOperations({
    dialect: dialect.name,
    namespaceOf,
    foldTableNames,
    liveRules: { hasPartialIndexes: dialect.hasPartialIndexes, quoteIdentifier: dialect.quoteIdentifier },
    uniqueIsIndex: dialect.uniqueIsIndex === true,
    convention: DEFAULT_NAMING_CONVENTION,
    readSchema: async () => schema,
    enqueue: (_name, resolve) => queue.push(async () => perform(await resolve())),
    // These read or go through rows: what they send depends on them.
    enqueueQuery: async () => [],
    backfill: async () => undefined,
    leaveTransaction: (code) => code(),
  });
  return {
    op,
    take() {
      const taken = texts;
      texts = [];
      return taken;
    },
  };
}

async function compileFor(
  engine: string,
  dialect: Dialect,
  { before, call }: OperationExample,
): Promise<CompiledExample> {
  const { op, take } = recordStatements(dialect);
  try {
    await Promise.all(prepareTables(op));
    await Promise.all(before?.(op) ?? []);
    take();
    await call(op);
    return { engine, sql: take() };
  } catch (error) {
    if (error instanceof LimbeckError) return { engine, sql: [], refusedWith: error.code };
    throw error;
  }
}

/** What each engine makes of an example, in its oldest version that is tested. */
export async function compileExample(example: OperationExample): Promise<readonly CompiledExample[]> {
  return Promise.all([...ENGINES].map(async ([engine, url]) => compileFor(engine, await loadDialect(url), example)));
}
