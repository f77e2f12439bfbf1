import { describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { listConformanceTests } from "../../src/testing/conformance/conformance-tests.ts";
import { conformanceTests } from "../../src/testing.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";

describe("limbeck/testing", async () => {
  const tests = await conformanceTests("sqlite::memory:", { driver: "better-sqlite3" });

  it.each(tests.filter(({ skip }) => skip === false))(
    "tries on a database of one's own: $kind: $title",
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    },
  );

  it("has a test, or a reason, for every kind of operation that the dialect knows", () => {
    const kinds = new Set(tests.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(Object.keys(sqlite.needsSchema).toSorted());
    for (const { skip } of tests) expect(skip === false || skip.length > 5).toBe(true);
  });

  it("sees what a driver does not do", async () => {
    const open = async (): Promise<ConformanceDatabase> => {
      const connection = await sqlite.openScratch();
      const isForgotten = (sql: string): boolean => /^CREATE (?:UNIQUE )?INDEX/.test(sql);
      return {
        connection: {
          serverVersion: connection.serverVersion,
          description: connection.description,
          execute: async (sql, parameters) => (isForgotten(sql) ? 0 : connection.execute(sql, parameters)),
          query: (sql, parameters) => connection.query(sql, parameters),
          close: () => connection.close(),
        },
        clear: () => Promise.resolve(),
        dump: () => sqlite.takeFingerprint(connection),
        close: () => connection.close(),
      };
    };
    const forgetful = listConformanceTests({ dialect: sqlite, open });
    const creating = forgetful.filter(({ kind, skip }) => kind === "createIndex" && skip === false);
    expect(creating.length).toBeGreaterThan(1);
    const outcomes = await Promise.allSettled(creating.map(({ run }) => run()));
    expect(outcomes.map(({ status }) => status)).toEqual(creating.map(() => "rejected"));
  });
});
