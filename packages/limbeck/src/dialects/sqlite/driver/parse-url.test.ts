import { describe, expect, it } from "vitest";
import { parseUrl } from "./parse-url.ts";

describe("parseUrl", () => {
  it.each([
    ["sqlite:todo.db", "todo.db"],
    ["sqlite://todo.db", "todo.db"],
    ["sqlite://./data/todo.db", "./data/todo.db"],
    ["sqlite:/data/todo.db", "/data/todo.db"],
    ["sqlite:///data/todo.db", "/data/todo.db"],
    ["file:todo.db", "todo.db"],
    ["file:///data/todo.db", "/data/todo.db"],
    ["SQLite:todo.db", "todo.db"],
    ["sqlite::memory:", ":memory:"],
    ["sqlite://:memory:", ":memory:"],
    ["sqlite:my%20folder/100%25%3F.db", "my folder/100%?.db"],
    ["sqlite:a b#c.db", "a b#c.db"],
    ["file:///C:/data/todo.db", "C:/data/todo.db"],
    ["sqlite:C:\\data\\todo.db", "C:\\data\\todo.db"],
    ["sqlite:todo.db?", "todo.db"],
  ])("reads %s", (url, path) => {
    expect(parseUrl(url)).toBe(path);
  });

  it.each([
    "todo.db",
    "/data/todo.db",
    "",
    "postgres://localhost/todo",
    "sqlite:",
    "sqlite://",
    "sqlite:a%zz",
    "C:\\todo.db",
    "sqlite:a%00b",
  ])("refuses %j", (url) => {
    expect(() => parseUrl(url)).toThrow(/LB0601/);
  });

  it("refuses a parameter instead of ignoring it", () => {
    expect(() => parseUrl("sqlite:todo.db?mode=ro")).toThrow(/LB0602.*"mode"/);
  });

  it("keeps what may be a password to itself", () => {
    const catchError = (): unknown => {
      try {
        return parseUrl("sqlite:user:s3cret@host/db?password=s3cret");
      } catch (error) {
        return error;
      }
    };
    expect(catchError()).toMatchObject({ code: "LB0602" });
    expect(JSON.stringify(catchError())).not.toContain("s3cret");
  });

  it("refuses three slashes before a bare name, which elsewhere mean the current folder, and names both spellings", () => {
    expect(() => parseUrl("sqlite:///todo.db")).toThrow(/LB0601.*sqlite:todo\.db.*sqlite:\/todo\.db/);
    expect(parseUrl("sqlite:/todo.db")).toBe("/todo.db");
    expect(parseUrl("file:///todo.db")).toBe("/todo.db");
  });
});
