import { rejects } from "node:assert/strict";
import type { DatabaseTarget } from "../../dialect/dialect.ts";
import { identifyConnection, loadDialect } from "../../dialects/registry.ts";
import { dispatchOperation, type OperationKind } from "../../ops/operation.ts";
import { EMPTY_SCHEMA } from "../../schema/model/schema.ts";
import { CASES } from "./cases/index.ts";
import { OBJECT_SAMPLES } from "./cases/object-cases.ts";
import type { ConformanceDatabase, ConformanceEngine } from "./conformance-case.ts";
import { runConformanceCase } from "./run-case.ts";

/** One test of the conformance suite, for any test runner. */
export interface ConformanceTest {
  /** The kind of operation that it is about. */
  readonly kind: OperationKind;
  readonly title: string;
  /** Why this engine has no such change; false where it has. */
  readonly skip: string | false;
  /** @throws AssertionError, or the engine's own error, when the engine does not do what the operation says */
  readonly run: () => Promise<void>;
}

// Both have every kind of operation as keys, which Object.entries cannot say.
const KINDS = Object.keys(CASES) as OperationKind[];

/** Databases beside another one, judged by their catalogue. */
function openBeside(dialect: ConformanceEngine["dialect"], beside: DatabaseTarget, driver?: string): ConformanceEngine {
  const choice = driver === undefined ? {} : { driver };
  const open = async (): Promise<ConformanceDatabase> => {
    let connection = await dialect.openScratch({ beside, ...choice });
    return {
      get connection() {
        return connection;
      },
      clear: async () => {
        await connection.close();
        connection = await dialect.openScratch({ beside, ...choice });
      },
      dump: () => dialect.takeFingerprint(connection),
      close: () => connection.close(),
    };
  };
  return { dialect, open };
}

/** What an engine has to refuse, in words, where a kind of operation means nothing there. */
function testRefusal(kind: OperationKind, { dialect }: ConformanceEngine): readonly ConformanceTest[] {
  const sample = OBJECT_SAMPLES[kind];
  if (sample === undefined || CASES[kind].some(({ without }) => without?.[dialect.name] === undefined)) return [];
  const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: dialect.oldestVersion };
  const run = (): Promise<void> =>
    rejects(async () => dispatchOperation(dialect.compile, sample, context), { code: "LB0541" });
  return [{ kind, title: "is refused with a reason", skip: false, run }];
}

/** The tests of an engine whose databases are opened in a way of one's own. */
export function listConformanceTests(engine: ConformanceEngine): readonly ConformanceTest[] {
  return KINDS.flatMap((kind): readonly ConformanceTest[] => [
    ...testRefusal(kind, engine),
    ...CASES[kind].map((one) => ({
      kind,
      title: one.title,
      skip: one.without?.[engine.dialect.name] ?? (false as const),
      run: async () => {
        const database = await engine.open();
        try {
          await runConformanceCase(one, engine, database);
        } finally {
          await database.close();
        }
      },
    })),
  ]);
}

/**
 * The conformance suite of Limbeck for a server, a driver or a Kysely dialect of your own: every kind of operation does what it says, its reverse gives
 * everything back, rows stay, and the catalogue, read by other means, agrees. Each test works in a scratch database beside the one that is named, which
 * is not touched.
 *
 * @param database a URL, or an open database object of a driver, beside which databases may be created
 * @param options `driver` is the package to reach it with; default the one that is installed
 * @returns tests for any runner, those that the engine is declared to be without with the reason in `skip`
 * @throws ConnectionError when no dialect knows the database
 *
 * @example
 * import { test } from "node:test";
 * import { conformanceTests } from "limbeck/testing";
 *
 * for (const { kind, title, skip, run } of await conformanceTests("postgres://localhost/postgres")) {
 *   test(`${kind}: ${title}`, { skip }, run);
 * }
 */
export async function conformanceTests(
  database: DatabaseTarget,
  { driver }: { readonly driver?: string } = {},
): Promise<readonly ConformanceTest[]> {
  const dialect =
    typeof database === "string" ? await loadDialect(database) : (await identifyConnection(database)).dialect;
  return listConformanceTests(openBeside(dialect, database, driver));
}
