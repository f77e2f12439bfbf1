import { describe, expect, it } from "vitest";
import { redactUrl, resolveUrl } from "./database-url.ts";

describe("redactUrl", () => {
  it.each([
    ["postgres://me:secret@h:1/a?x=1", "postgres://me:***@h:1/a?x=1"],
    ["postgres://me@h/a?password=secret&sslpassword=secret&b=2", "postgres://me@h/a?password=***&sslpassword=***&b=2"],
    ["postgres://me@h/a?pass%77ord=secret", "postgres://me@h/a?pass%77ord=***"],
    ["postgres://h", "postgres://h/"],
    ["pglite:./data", "pglite:./data"],
  ])("%s is shown as %s", (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });
});

describe("resolveUrl", () => {
  it.each([
    ["pglite:data", "pglite:/srv/app/data"],
    ["pglite://./data", "pglite:/srv/app/data"],
    ["pglite:///data", "pglite:///data"],
    ["pglite:a%3Fb", "pglite:/srv/app/a%3Fb"],
    ["pglite::memory:", "pglite::memory:"],
    ["postgres://h/a", "postgres://h/a"],
  ])("%s counts from the folder: %s", (url, resolved) => {
    expect(resolveUrl(url, "/srv/app")).toBe(resolved);
  });

  it.each(["pglite:", "pglite:?a=1", "pglite:data?password=secret", "pglite:%"])("%s is refused", (url) => {
    expect(() => resolveUrl(url, "/srv/app")).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^LB060[12]$/) }),
    );
  });
});
