import { describe, expect, it } from "vitest";
import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { readScheme, refuseScheme } from "./refuse-scheme.ts";

const SCHEMES = ["sqlite", "postgres", "mysql"];

function refusal(url: string): Pick<LimbeckError, "code" | "title" | "fix"> {
  try {
    return refuseScheme(url, SCHEMES);
  } catch (error) {
    return error as LimbeckError;
  }
}

describe("a URL that leads to no engine", () => {
  it.each([
    ["./app.db", "LB0632", "limbeck current --url sqlite:./app.db"],
    ["my data/app.db", "LB0632", 'limbeck current --url "sqlite:my data/app.db"'],
    [String.raw`C:\data\app.db`, "LB0632", String.raw`sqlite:C:\data\app.db`],
    ["me@host/app?password=geheim", "LB0632", "limbeck current --url sqlite:app.db"],
    ["postgers://me@host/app", "LB0600", "limbeck current --url postgres://me@host/app"],
    ["postgers://host:5433/app", "LB0600", "limbeck current --url postgres://host:5433/app"],
    ["mysqll://me:geheim@host/app", "LB0600", "limbeck current --url sqlite:app.db"],
    ["postgers://me:it's-geheim@host/app", "LB0600", "limbeck current --url sqlite:app.db"],
    ["postgers://me:ge heim@geheim@host/app", "LB0600", "limbeck current --url sqlite:app.db"],
    ["postgers://me@host/app?password=geheim", "LB0600", "limbeck current --url sqlite:app.db"],
    ["postgers:me:geheim@host", "LB0600", "limbeck current --url sqlite:app.db"],
    ["oracle://me@host/app", "LB0600", "limbeck current --url sqlite:app.db"],
  ])("%s", (url, code, fix) => {
    const found = refusal(url);
    expect(found).toMatchObject({ code, fix: [expect.stringContaining(fix)] });
    expect(JSON.stringify(found)).not.toContain("geheim");
  });
});

describe("the scheme of a URL", () => {
  it.each([
    [String.raw`sqlite:\tmp\x.db`, "sqlite"],
    [String.raw`sqlite:\\server\x.db`, "sqlite"],
    [String.raw`C:\tmp\x.db`, undefined],
    ["POSTGRES://h/x", "postgres"],
  ])("of %s is %s", (url, scheme) => {
    expect(readScheme(url)).toBe(scheme);
  });
});
