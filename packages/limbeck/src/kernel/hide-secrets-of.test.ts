import { describe, expect, it } from "vitest";
import { hideSecretsOf } from "./hide-secrets-of.ts";

const LONG = "0123456789".repeat(10);

describe("hideSecretsOf", () => {
  it.each([
    ["SET PASSWORD 'sec'", "near ''sec'' at line 1", "near ''***'' at line 1"],
    ["ALTER ROLE a SET PASSWORD 'sec'", `syntax error at or near "'sec'"`, `syntax error at or near "'***'"`],
    ["ALTER ROLE a PASSWORD 'se$c'", "the password se$c is too short", "the password *** is too short"],
    ["EXECUTE 'ALTER ROLE a PASSWORD ''it''''sec'''", "near it's, it''sec", "near it's, ***"],
    [`SET PASSWORD = "sec"`, `near '"sec"'`, "near ''***''"],
    [`SET PASSWORD '${LONG}'`, `near ''${LONG.slice(0, 79)}' at line 1`, "near ''***' at line 1"],
    ["SELECT dblink('password=sec user=a')", "no connection with sec", "no connection with ***"],
    ["ATTACH 'mysql://u:p@ss@h'", "user u with p@ss", "user u with ***"],
  ])("takes out of the message what is secret in %s", (statement, message, hidden) => {
    expect(hideSecretsOf(statement, message)).toBe(hidden);
  });

  it.each([
    ["SELECT 'sec'", "near 'sec'"],
    ["ALTER ROLE a PASSWORD ''", "the password is '' at line 1"],
    ["ALTER ROLE a PASSWORD 'a'", "role a is unknown"],
    ["ALTER ROLE a PASSWORD 'role'", "roles are unknown"],
  ])("leaves the words that are none: %s", (statement, message) => {
    expect(hideSecretsOf(statement, message).replaceAll("'***'", "''")).toBe(message);
  });
});
