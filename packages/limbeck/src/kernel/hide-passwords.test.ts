import { describe, expect, it } from "vitest";
import { hidePasswords } from "./hide-passwords.ts";

describe("hidePasswords", () => {
  it.each([
    ["postgres://ann:secret@db:5432/app", "postgres://ann:***@db:5432/app"],
    ["mysql://:secret@db/app?ssl=true", "mysql://:***@db/app?ssl=true"],
    ["postgres://ann:se@cr:et/@db/app", "postgres://ann:***@db/app"],
    ["postgres://db/app?user=ann&password=secret&x=1", "postgres://db/app?user=ann&password=***&x=1"],
    ["libsql://db?authToken=secret", "libsql://db?authToken=***"],
  ])("hides what is secret in %s", (url, hidden) => {
    expect(hidePasswords(url)).toBe(hidden);
  });

  it.each(["sqlite:app.db", "postgres://ann@db/app", "billing@head", "add: see mail a@b.c", "a1b2:head", "C:\\a@b"])(
    "leaves %s as it is",
    (text) => {
      expect(hidePasswords(text)).toBe(text);
    },
  );
});
