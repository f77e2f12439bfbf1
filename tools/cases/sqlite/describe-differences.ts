import type { Census } from "./census.ts";

function describe(path: string, actual: unknown, expected: unknown): readonly string[] {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
  const areObjects = [actual, expected].every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
  if (!areObjects) return [`${path} is ${JSON.stringify(actual)} and should be ${JSON.stringify(expected)}`];
  const [left, right] = [Object.entries(Object(actual)), Object.entries(Object(expected))];
  const keys = new Set([...left, ...right].map(([key]) => key));
  const [found, wanted] = [new Map(left), new Map(right)];
  return [...keys].flatMap((key) => describe(path === "" ? key : `${path}.${key}`, found.get(key), wanted.get(key)));
}

/** How two censuses differ, one line for each difference; empty when they do not. */
export function describeDifferences(actual: Census, expected: Census): readonly string[] {
  return describe("", actual, expected);
}
