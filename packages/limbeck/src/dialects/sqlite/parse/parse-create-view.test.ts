import { describe, expect, it } from "vitest";
import { parseCreateTrigger } from "./parse-create-trigger.ts";
import { parseCreateView } from "./parse-create-view.ts";

describe("parseCreateView", () => {
  it("keeps the query as it is written, without what surrounds it", () => {
    expect(parseCreateView("CREATE VIEW v AS /* a */ SELECT /* b */ 1 -- c\n , 2 -- d\n;")).toEqual({
      name: "v",
      definition: "SELECT /* b */ 1 -- c\n , 2",
    });
  });

  it("reads the names of its columns", () => {
    expect(parseCreateView('CREATE VIEW "v 1"(x, [y z]) AS SELECT 1, 2')).toEqual({
      name: "v 1",
      columns: ["x", "y z"],
      definition: "SELECT 1, 2",
    });
  });

  it.each(["CREATE VIEW v", "CREATE VIEW v AS", "CREATE VIEW v AS ;", "CREATE TABLE v (a)"])("refuses %j", (sql) => {
    expect(() => parseCreateView(sql)).toThrow(/LB0614/);
  });
});

describe("parseCreateTrigger", () => {
  it("finds the table, and keeps the statement as it is written", () => {
    const statement = `CREATE TRIGGER "on" INSTEAD OF UPDATE OF "on", b ON [v 1] WHEN new.a ON CONFLICT /* x */ BEGIN SELECT 1; END`;
    expect(parseCreateTrigger(`${statement} -- end\n;`)).toEqual({ name: "on", table: "v 1", definition: statement });
  });

  it("refuses what is no trigger", () => {
    expect(() => parseCreateTrigger("CREATE TRIGGER t")).toThrow(/LB0614/);
  });
});
