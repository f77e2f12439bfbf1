import { describe, expect, it } from "vitest";
import { parseUrl } from "./parse-url.ts";
import { resolveUrl } from "./resolve-url.ts";

describe("resolveUrl", () => {
  it.each([
    ["sqlite:todo.db", "sqlite:/srv/app/todo.db"],
    ["sqlite://data/todo.db", "sqlite:/srv/app/data/todo.db"],
    ["file:../todo.db", "sqlite:/srv/todo.db"],
    ["sqlite:/todo.db", "sqlite:/todo.db"],
    ["sqlite:///data/todo.db", "sqlite:///data/todo.db"],
    ["sqlite::memory:", "sqlite::memory:"],
  ])("%s from /srv/app is %s", (url, expected) => {
    expect(resolveUrl(url, "/srv/app")).toBe(expected);
  });

  it("keeps characters that mean something in a URL", () => {
    expect(parseUrl(resolveUrl("sqlite:100%25%3F.db", "/a?b"))).toBe("/a?b/100%?.db");
  });
});
