import { describe, expect, it } from "vitest";
import { createSpelling, stripParentheses } from "./spelling.ts";

describe("createSpelling", () => {
  const spell = createSpelling("app");

  it("takes the name of the database away in front of tables and functions", () => {
    expect(spell("select `app`.`t`.`id` AS `id` from (`app`.`t` join `app`.`u`)")).toBe(
      "select `t`.`id` AS `id` from (`t` join `u`)",
    );
    expect(spell("nextval(`app`.`numbers`)")).toBe("nextval(`numbers`)");
  });

  it("leaves texts, and tables and columns of that name", () => {
    expect(spell("select `app`.`app`.`app` AS `app` from `app`.`app` where `app`.`app`.`x` = '`app`.`t`'")).toBe(
      "select `app`.`app` AS `app` from `app` where `app`.`x` = '`app`.`t`'",
    );
  });
});

describe("stripParentheses", () => {
  it.each([
    ["(1 + 2)", "1 + 2"],
    ["((a))", "a"],
    ["(a) + (b)", "(a) + (b)"],
    ["(a = ')')", "a = ')'"],
    ["f(a)", "f(a)"],
  ])("makes of %s", (sql, expected) => expect(stripParentheses(sql)).toBe(expected));
});
