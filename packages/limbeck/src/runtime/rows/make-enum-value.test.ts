import { expect, it } from "vitest";
import { makeEnumValue } from "./make-enum-value.ts";

const ENUMS = [
  { name: "app.status", values: ["open", "done"] },
  { name: "none", values: [] },
];

it.each([
  ["app.status", 0, "open"],
  ["status", 3, "done"],
  ['app."status"[]', 1, ["done"]],
  ["statuses", 0, undefined],
  ["none", 0, undefined],
])("makes of %s and %d the value %j", (sql, serial, expected) => {
  expect(makeEnumValue({ kind: "raw", sql }, ENUMS, serial)).toEqual(expected);
});
