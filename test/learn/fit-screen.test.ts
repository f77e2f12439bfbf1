import { describe, expect, it } from "vitest";
import { EXERCISES } from "../../packages/learn/src/exercises/all-exercises.ts";
import { breakIntoPages, fitsScreen } from "../../packages/learn/src/fit-screen.ts";
import { renderHints, renderList, renderSolution } from "../../packages/learn/src/screens.ts";
import { renderWatched } from "../../packages/learn/src/watch-screen.ts";

const plain = {
  width: 80,
  symbols: { done: "✔", error: "✖", dot: "·", arrow: "→" },
  paint: (_: string, text: string) => text,
};
const coloured = { ...plain, paint: (_: string, text: string) => `\u001B[1m${text}\u001B[22m` };
const size = { rows: 24, columns: 80 };

describe.each([
  ["without colours", plain],
  ["with colours", coloured],
])("a terminal of 24 rows, %s", (_, look) => {
  it.each(EXERCISES)("shows each half of $id, and all three hints", (exercise) => {
    const room = { exercise, exercises: EXERCISES, progress: { current: exercise.id, done: [], hints: 3 } };
    const [first, ...others] = exercise.checks;
    const finding = {
      name: "wrong",
      because: "What is there is not yet what is wanted. ".repeat(3).trim(),
      fix: "limbeck",
    };
    const failed = {
      exercise: exercise.id,
      isSolved: false,
      checks: [
        { title: first?.title ?? "", state: "failed" as const, finding },
        ...others.map(({ title }) => ({ title, state: "waiting" as const })),
      ],
      finding,
    };
    const solved = {
      exercise: exercise.id,
      isSolved: true,
      checks: exercise.checks.map(({ title }) => ({ title, state: "passed" as const })),
    };
    const options = { note: "", size, look };
    const show = (half: "text" | "checks", examination: typeof failed | typeof solved, note = ""): string =>
      renderWatched(room, { ...options, half, examination, note });
    const hints = renderHints(exercise, 3, look);
    for (const shown of [show("text", failed), show("checks", failed, hints), show("checks", solved)])
      expect(fitsScreen(shown, size)).toBe(true);
    expect(show("checks", failed)).toContain(exercise.title);
    expect(show("checks", failed)).toContain("What is there");
  });

  it("shows the list and the solutions page by page, and leaves nothing out", () => {
    const progress = { current: "01-init", done: [], hints: 0 };
    const list = renderList(EXERCISES, { progress, env: {}, look });
    for (const text of [list, ...EXERCISES.map(renderSolution)]) {
      const pages = breakIntoPages(text, size);
      for (const page of pages) expect(fitsScreen(`${page}\n\nAny key`, size)).toBe(true);
      expect(pages.join("\n").replaceAll(/\n+/g, "\n")).toBe(text.replace(/\n$/, "").replaceAll(/\n+/g, "\n"));
    }
  });
});

it("shows an exercise whole where there is room, or where nobody knows how much", () => {
  const [exercise] = EXERCISES;
  if (!exercise) throw new TypeError("There is no exercise.");
  const room = { exercise, exercises: EXERCISES, progress: { current: exercise.id, done: [], hints: 0 } };
  const examination = { exercise: exercise.id, isSolved: false, checks: [] };
  for (const rows of [60, undefined]) {
    const shown = renderWatched(room, {
      examination,
      note: "noted",
      half: "checks",
      size: { rows, columns: 80 },
      look: plain,
    });
    expect(shown).toContain("limbeck init");
    expect(shown).toContain("noted");
    expect(shown).not.toContain("t text");
  }
});
