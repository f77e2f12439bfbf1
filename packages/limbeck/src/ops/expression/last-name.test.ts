import { expect, it } from "vitest";
import { findLastName } from "./last-name.ts";

it.each([
  ["todos", "todos"],
  ["app.todos", "todos"],
  ['app."a.b"', "a.b"],
  ['"say ""hi"""', 'say "hi"'],
  ["app.add(integer, app.amount)", "add"],
])("%s is called %s in texts", (name, expected) => {
  expect(findLastName(name)).toBe(expected);
});
