import { expect, it } from "vitest";
import { describeDatabaseError } from "./database-errors.ts";

const fail = (message: string, code: string, hint?: string): Error =>
  Object.assign(new Error(message), { code, ...(hint !== undefined && { hint }) });

it("says what can be done where the server does not", () => {
  expect(describeDatabaseError(fail("CREATE INDEX CONCURRENTLY cannot run inside a transaction block", "25001"))).toBe(
    "CREATE INDEX CONCURRENTLY cannot run inside a transaction block; hint: in a revision of its own it can stand outside of the transaction: " +
      'await op.autocommit(() => op.execute("...")) (SQLSTATE 25001)',
  );
  expect(describeDatabaseError(fail('schema "app" does not exist', "3F000"))).toContain(
    'definedObject("schema", "app", "CREATE SCHEMA app")',
  );
});

it("leaves the server's own hints as they are", () => {
  expect(describeDatabaseError(fail("no", "25001", "Ask again."))).toBe("no; hint: Ask again. (SQLSTATE 25001)");
});
