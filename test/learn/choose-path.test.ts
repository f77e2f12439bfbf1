import { expect, it } from "vitest";
import { choosePath, findNext } from "../../packages/learn/src/choose-path.ts";
import { EXERCISES } from "../../packages/learn/src/exercises/all-exercises.ts";

const path = choosePath(EXERCISES, { current: "16-with-the-tool", done: [] }, {});

const nextOf = async (id: string, done: readonly string[]): Promise<string | undefined> => {
  const exercise = path.find((one) => one.id === id);
  if (!exercise) throw new TypeError(`There is no ${id}.`);
  return (await findNext(exercise, path, { done, env: {} }))?.id;
};

it("goes past labs that are done, and back to what was left out", async () => {
  expect(await nextOf("16-with-the-tool", ["16-with-the-tool"])).toBe("17-rename");
  expect(await nextOf("16-with-the-tool", ["16-with-the-tool", "17-rename"])).toBe("18-two-heads");
  const done = path.map(({ id }) => id).filter((id) => id !== "05-edit");
  expect(await nextOf("16-with-the-tool", done)).toBe("05-edit");
  expect(await nextOf("16-with-the-tool", [...done, "05-edit"])).toBeUndefined();
});
