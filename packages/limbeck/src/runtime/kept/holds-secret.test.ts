import { describe, expect, it } from "vitest";
import type { Operation } from "../../ops/operation.ts";
import { holdsSecret } from "./holds-secret.ts";

const execute = (sql: string): Operation => ({ kind: "execute", sql });

describe("holdsSecret", () => {
  it.each([
    execute("ALTER ROLE app PASSWORD 'x'"),
    execute("CREATE USER app IDENTIFIED BY 'x'"),
    execute("CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'a')"),
    execute("CREATE SUBSCRIPTION s CONNECTION 'host=a' PUBLICATION p"),
    execute("UPDATE settings SET api_key = 'x'"),
    execute(`UPDATE settings SET "smtp_password"='x'`),
    execute("UPDATE settings SET smtp_password = $1"),
    execute("SELECT dblink_connect('postgres://app:x@host/db')"),
    { kind: "bulkInsert", table: "users", rows: [{ id: 1, password: "x" }] } satisfies Operation,
  ])("finds one in %j", (operation) => expect(holdsSecret(JSON.stringify([operation]))).toBe(true));

  it.each([
    execute("ALTER TABLE users ADD COLUMN password text"),
    execute("UPDATE users SET password = NULL"),
    execute("UPDATE links SET url = 'https://example.org/a:b'"),
    { kind: "dropIndex", table: "users", index: { name: "token", terms: [{ column: "token" }], unique: true } },
    { kind: "renameColumn", table: "users", from: "token", to: "password" } satisfies Operation,
  ])("finds none in %j", (operation) => expect(holdsSecret(JSON.stringify([operation]))).toBe(false));
});
