import { describe, expect, it } from "vitest";
import type { Connection } from "../../../dialect/connection.ts";
import { JOURNAL } from "./journal.ts";

/** A server on which everything looks the same at all times. */
const UNCHANGING: Connection = {
  serverVersion: "10.11.6",
  description: "mariadb://localhost/app",
  execute: () => Promise.resolve(0),
  query: () => Promise.resolve([{ "Create Table": "CREATE TABLE `t` (`a` int, `b` int)" }]),
  close: () => Promise.resolve(),
};

const judge = async (sql: string): Promise<unknown> => ({
  mayLeaveNoTrace: JOURNAL.mayLeaveNoTrace(sql),
  verdict: await JOURNAL.settle(UNCHANGING, sql, await JOURNAL.capture(UNCHANGING, sql)),
});

describe("a statement after which everything looks as before", () => {
  it.each([
    "ALTER TABLE t CHANGE a b INT, CHANGE b a INT FIRST",
    "ALTER TABLE t CHANGE COLUMN IF EXISTS `a` B INT, RENAME COLUMN b TO a",
    "SET STATEMENT max_statement_time = 1 FOR ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO a",
    "ALTER TABLE t DROP COLUMN a, CHANGE COLUMN b a INT, ADD COLUMN b INT",
    "ALTER TABLE t RENAME COLUMN b TO A, ADD b INT, DROP IF EXISTS `a`",
    "CREATE EVENT e ON SCHEDULE AT CURRENT_TIMESTAMP DO DELETE FROM t",
    "CREATE DEFINER = CURRENT_USER EVENT IF NOT EXISTS e ON SCHEDULE AT '2026-01-01' DO DELETE FROM t",
    "ALTER EVENT e ON SCHEDULE AT CURRENT_TIMESTAMP",
  ])("may have run, so that a person has to say it: %s", async (sql) => {
    expect(await judge(sql)).toEqual({ mayLeaveNoTrace: true, verdict: "unknown" });
  });

  it.each([
    "ALTER TABLE t ADD COLUMN c INT",
    "ALTER TABLE t CHANGE a a BIGINT, CHANGE b b BIGINT",
    "ALTER TABLE t CHANGE a c INT, CHANGE b d INT",
    "ALTER TABLE t RENAME TO u, RENAME COLUMN a TO c",
    "ALTER TABLE t DROP INDEX a, CHANGE b c INT",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t",
  ])("has not run: %s", async (sql) => {
    expect(await judge(sql)).toEqual({ mayLeaveNoTrace: false, verdict: "notApplied" });
  });
});
