import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkExercise, enterClassroom, goOn } from "../../packages/learn/src/classroom.ts";
import type { Exercise } from "../../packages/learn/src/exercise.ts";
import { readProgress, writeProgress } from "../../packages/learn/src/progress.ts";

let folder: string;
let reachCheck: PromiseWithResolvers<void>;
let endCheck: PromiseWithResolvers<undefined>;

const describeExercise = (id: string, laidOut: string): Exercise => ({
  id,
  part: "The ten steps",
  title: id,
  minutes: 1,
  text: [],
  start: [{ kind: "write", path: "given.txt", text: laidOut }],
  checks: [
    {
      title: "takes a while",
      find: () => {
        reachCheck.resolve();
        return endCheck.promise;
      },
    },
  ],
  hints: ["", "", ""],
  solution: [],
  wrongStates: [],
  learned: "",
});
const ALL = [
  describeExercise("01-one", "one"),
  describeExercise("02-two", "two"),
  describeExercise("03-three", "three"),
];
const IDS = ALL.map(({ id }) => id);

const enter = () =>
  enterClassroom(ALL, {
    cwd: folder,
    env: {},
    command: [],
    look: {
      width: 80,
      symbols: { done: "+", error: "x", dot: ".", arrow: ">" },
      paint: (_: string, text: string) => text,
    },
    isInteractive: false,
    confirm: undefined,
    write: () => {},
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-learn-two-"));
  mkdirSync(folder, { recursive: true });
  writeProgress(folder, { current: "01-one", done: [], hints: 0 });
  reachCheck = Promise.withResolvers();
  endCheck = Promise.withResolvers();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a check that ends after another terminal has gone on does not go back", async () => {
  const checked = checkExercise(enter());
  await reachCheck.promise;
  writeProgress(folder, { current: "02-two", done: [], hints: 2, left: "03-three" });
  endCheck.resolve(undefined);
  expect((await checked).isSolved).toBe(true);
  expect(readProgress(folder, IDS)).toEqual({ current: "02-two", done: ["01-one"], hints: 2, left: "03-three" });
});

it("what another terminal has gone on to is not laid out once more", async () => {
  const gone = goOn(enter());
  await reachCheck.promise;
  writeProgress(folder, { current: "03-three", done: ["01-one"], hints: 2 });
  endCheck.resolve(undefined);
  expect((await gone).exercise?.id).toBe("03-three");
  expect(readProgress(folder, IDS)).toEqual({ current: "03-three", done: ["01-one"], hints: 2, left: undefined });
});
