import { describe, expect, it } from "vitest";
import { shortenQuery } from "./lock-holder.ts";

describe("the statement of another session", () => {
  it("does not show the password of a URL, also where it is cut short behind it", () => {
    const sql = "CREATE SUBSCRIPTION s CONNECTION 'postgresql://copier:s3cret@replica.example/app' PUBLICATION todos";
    expect(shortenQuery(sql)).not.toContain("s3cret");
    expect(shortenQuery(`${"SELECT ".repeat(10)} 'postgresql://copier:s3cret@replica.example/app'`)).not.toContain(
      "s3c",
    );
  });

  it("is not shown where it speaks of a password", () => {
    expect(shortenQuery("SELECT crypt(password, 'salt') FROM users")).toContain("not shown");
  });

  it("is one line, cut short", () => {
    expect(shortenQuery("SELECT *\n  FROM todos")).toBe("SELECT * FROM todos");
    expect(shortenQuery("x".repeat(200))).toHaveLength(100);
  });
});
