import { describe, expect, it } from "vitest";
import { parseCreateIndex } from "./parse-create-index.ts";

const parts = (terms: string): unknown => parseCreateIndex(`CREATE INDEX i ON t (${terms})`, ["a", "B c"]).index.parts;

describe("parseCreateIndex", () => {
  it("reads an index and its table", () => {
    expect(
      parseCreateIndex('CREATE UNIQUE INDEX IF NOT EXISTS main."i 1" ON [t x] (a) WHERE a > 0 /* ; */;', ["a"]),
    ).toEqual({
      table: "t x",
      index: { name: "i 1", parts: [{ column: "a" }], unique: true, where: "a > 0" },
    });
  });

  it.each<readonly [string, unknown]>([
    ["a", [{ column: "a" }]],
    ["A DESC, 'b C' ASC", [{ column: "a", order: "desc" }, { column: "B c" }]],
    ["((a) COLLATE nocase) DESC", [{ column: "a", order: "desc", collation: "nocase" }]],
    ["a COLLATE x COLLATE [y z]", [{ column: "a", collation: "y z" }]],
    ["lower(a) COLLATE nocase", [{ expression: "lower(a)", collation: "nocase" }]],
    ["(a || 'x') COLLATE nocase DESC", [{ expression: "a || 'x'", order: "desc", collation: "nocase" }]],
    ["a || 'x' COLLATE nocase", [{ expression: "a || 'x' COLLATE nocase" }]],
    ["-a COLLATE nocase", [{ expression: "-a", collation: "nocase" }]],
    ["NOT (a) COLLATE nocase", [{ expression: "NOT (a) COLLATE nocase" }]],
    ["(a) + (a)", [{ expression: "(a) + (a)" }]],
    ["coalesce(a, ',')", [{ expression: "coalesce(a, ',')" }]],
    ["NULL", [{ expression: "NULL" }]],
    ["missing", [{ expression: "missing" }]],
  ])("reads the terms %s", (terms, expected) => {
    expect(parts(terms)).toEqual(expected);
  });

  it("writes text in double quotes as text, where it is no column", () => {
    const { index } = parseCreateIndex('CREATE INDEX i ON t (a || "x") WHERE "a" = "y"', ["a"]);
    expect(index).toMatchObject({ parts: [{ expression: "a || 'x'" }], where: `"a" = 'y'` });
  });

  it.each(["CREATE INDEX i ON t", "CREATE INDEX i ON t ()", "CREATE INDEX i ON t (a", "CREATE INDEX i ON t (a) b"])(
    "refuses %j",
    (sql) => {
      expect(() => parseCreateIndex(sql, ["a"])).toThrow(/LB0614/);
    },
  );
});
