import { expect, it } from "vitest";
import type { Operation } from "../../ops/operation.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { printDocument } from "./print-document.ts";
import { renderOperation } from "./render-operation.ts";

const add = {
  kind: "function",
  name: "add(integer)",
  definition: "CREATE FUNCTION add(a integer)\n RETURNS integer\nAS $$ SELECT '${a}' $$",
  dependsOn: ["todos"],
};
const policy = { kind: "policy", name: "p on t", table: "t", definition: "CREATE POLICY p ON t" };

it.each<readonly [Operation, string]>([
  [{ kind: "createEnum", enum: { name: "s", values: ["a", "it's"] } }, `await op.createEnum("s", ["a", "it's"]);`],
  [{ kind: "dropEnum", enum: { name: "s", values: ["a"] } }, 'await op.dropEnum("s");'],
  [{ kind: "alterEnum", name: "s", from: ["a"], to: ["a", "b"] }, 'await op.alterEnum("s", ["a", "b"]);'],
  [
    { kind: "alterEnum", name: "s", from: ["a"], to: ["b"], rebuild: true },
    'await op.alterEnum("s", ["b"], { rebuild: true });',
  ],
  [{ kind: "renameEnumValue", name: "s", from: "a", to: "b" }, 'await op.renameEnumValue("s", "a", "b");'],
  [{ kind: "createSequence", sequence: { name: "n", start: "5" } }, 'await op.createSequence("n", { start: "5" });'],
  [{ kind: "dropSequence", sequence: { name: "n" } }, 'await op.dropSequence("n");'],
  [
    { kind: "alterSequence", from: { name: "n", cycle: true }, to: { name: "n", cache: "2" } },
    'await op.alterSequence("n", { cache: "2", cycle: null });',
  ],
  [
    { kind: "createObject", object: add },
    'await op.createObject(\n  "function",\n  "add(integer)",\n  `CREATE FUNCTION add(a integer)\n RETURNS integer\nAS $$ SELECT \'\\${a}\' $$`,\n);',
  ],
  [
    { kind: "createObject", object: policy },
    'await op.createObject("policy", "p on t", "CREATE POLICY p ON t", { table: "t" });',
  ],
  [{ kind: "dropObject", object: policy }, 'await op.dropObject("policy", "p on t");'],
  [
    { kind: "replaceObject", from: policy, to: { ...policy, definition: "CREATE POLICY p ON t USING (a)" } },
    'await op.replaceObject("policy", "p on t", "CREATE POLICY p ON t USING (a)");',
  ],
])("%# is written as a call", (operation, expected) => {
  expect(printDocument(renderOperation(operation, { convention: DEFAULT_NAMING_CONVENTION }), 100)).toBe(expected);
});
