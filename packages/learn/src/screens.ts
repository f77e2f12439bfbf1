import type { LearnLook } from "limbeck/commands";
import { describeStep } from "./describe-step.ts";
import { isAskedFor } from "./choose-path.ts";
import { titleOf } from "./engine.ts";
import type { CheckResult, Examination } from "./examine.ts";
import { PARTS, type Exercise } from "./exercise.ts";
import type { Progress } from "./progress.ts";
import { wrap, wrapBehind } from "./wrap.ts";

/** Prose is hard to read where lines are longer. */
const WIDEST_PROSE = 80;

/** Columns that prose gets. */
export const proseWidth = ({ width }: LearnLook): number => Math.min(width, WIDEST_PROSE);

/** What prose stands behind. */
export const INDENT = "  ";

function renderParagraph(text: string, look: LearnLook): string {
  const isCode = text.startsWith("    ");
  return isCode ? look.paint("command", text) : wrap(text, proseWidth(look), INDENT);
}

/** Paragraphs with a line between them; lines of code stand together. */
function renderText(paragraphs: readonly string[], look: LearnLook): string {
  const parts = paragraphs.map((text, index) => {
    const joins = text.startsWith("    ") && (paragraphs[index - 1] ?? "").startsWith("    ");
    return `${index === 0 || joins ? "" : "\n"}${renderParagraph(text, look)}`;
  });
  return parts.join("\n");
}

/** How many of the exercises are done, as a bar of one sign each. */
function renderBar(exercises: readonly Exercise[], { done }: Pick<Progress, "done">, look: LearnLook): string {
  const count = exercises.filter(({ id }) => done.includes(id)).length;
  const bar = "#".repeat(count) + "-".repeat(exercises.length - count);
  return `[${look.paint("good", bar.slice(0, count))}${look.paint("dim", bar.slice(count))}] ${count}/${exercises.length}`;
}

/** The lines above an exercise. */
export function renderTitle(
  exercise: Exercise,
  {
    exercises,
    progress,
    look,
  }: { readonly exercises: readonly Exercise[]; readonly progress: Progress; readonly look: LearnLook },
): string {
  const number = exercises.indexOf(exercise) + 1;
  const title = look.paint("strong", `Exercise ${number}: ${exercise.title}`);
  const part = look.paint("dim", `${exercise.part}, about ${exercise.minutes} minutes`);
  return `${title}\n${renderBar(exercises, progress, look)}  ${part}`;
}

/** Where an exercise plays, if that is not the project. */
function describePlace({ folder, engine }: Exercise): readonly string[] {
  if (folder === undefined) return [];
  if (engine === undefined) return [`It plays in a project of its own: cd ${folder}`];
  return [
    `It plays in a project of its own, with a database on your ${titleOf(engine)} server:`,
    `    cd ${folder}`,
    '    node sql.ts "SELECT * FROM todos"',
  ];
}

/** An exercise, without its checks. */
export function renderExercise(
  exercise: Exercise,
  {
    exercises,
    progress,
    look,
  }: { readonly exercises: readonly Exercise[]; readonly progress: Progress; readonly look: LearnLook },
): string {
  const place = describePlace(exercise);
  const title = renderTitle(exercise, { exercises, progress, look });
  return `${title}\n\n${renderText([...place, ...exercise.text], look)}\n`;
}

/** Where that is which lay in the folder of a lab. */
export function renderKept({ folder }: Exercise, kept: string, look: LearnLook): string {
  return `${wrap(`The lab begins anew. What was in ${folder} is kept in ${kept}.`, proseWidth(look), INDENT)}\n`;
}

function renderCheck({ title, state, finding }: CheckResult, look: LearnLook): string {
  const { symbols, paint } = look;
  const width = proseWidth(look);
  const line = (tone: "good" | "dim" | "error", sign: string): string => {
    const [first = "", ...rest] = wrapBehind(`${INDENT}${sign}`, title, width).split("\n");
    return [`${INDENT}${paint(tone, sign)}${first.slice(INDENT.length + sign.length)}`, ...rest].join("\n");
  };
  if (state === "passed") return line("good", symbols.done);
  if (state === "waiting") return line("dim", symbols.dot);
  const lines = [line("error", symbols.error)];
  if (finding) {
    lines.push(wrap(finding.because, width, " ".repeat(6)));
    lines.push(wrapBehind(`${" ".repeat(6)}${symbols.arrow}`, finding.fix, width));
  }
  return lines.join("\n");
}

/** How the checks ended, and what to do next. */
export function renderExamination(examination: Examination, exercise: Exercise, look: LearnLook): string {
  const checks = examination.checks.map((check) => renderCheck(check, look)).join("\n");
  if (!examination.isSolved) return `${checks}\n`;
  const learned = wrap(exercise.learned, proseWidth(look), INDENT);
  return `${checks}\n\n${INDENT}${look.paint("good", "Solved.")}\n${learned}\n`;
}

/** The line with what can be typed next. */
export function renderNext(words: readonly string[], look: LearnLook): string {
  return `${look.paint("dim", "Next:")} ${words.map((word) => look.paint("command", `limbeck learn ${word}`)).join(look.paint("dim", ", "))}\n`;
}

/** Columns for the longest of the ids. */
const ID_WIDTH = 24;

/** All exercises, with what is done. */
export function renderList(
  exercises: readonly Exercise[],
  {
    progress,
    env,
    look,
  }: {
    readonly progress: Progress;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly look: LearnLook;
  },
): string {
  const { symbols, paint } = look;
  const lines = PARTS.flatMap((part) => {
    const members = exercises.filter((one) => one.part === part);
    if (members.length === 0) return [];
    const rows = members.map((exercise) => {
      const { id, title, minutes, engine } = exercise;
      const isDone = progress.done.includes(id);
      const isCurrent = progress.current === id;
      const sign = isDone
        ? paint("good", symbols.done)
        : isCurrent
          ? paint("strong", symbols.arrow)
          : paint("dim", symbols.dot);
      const isPossible = isAskedFor(exercise, env) || isDone;
      const note = isPossible || engine === undefined ? `${minutes} min` : `needs ${titleOf(engine)}`;
      const indent = " ".repeat(`${INDENT}. ${" ".repeat(ID_WIDTH)} `.length);
      const fits = `${indent}${title} (${note})`.length <= proseWidth(look);
      const row = `${id.padEnd(ID_WIDTH)} ${title}${fits ? " " : `\n${indent}`}${paint("dim", `(${note})`)}`;
      return `${INDENT}${sign} ${isCurrent ? paint("strong", row) : row}`;
    });
    return ["", paint("strong", part), ...rows];
  });
  const go = `${INDENT}${paint("command", "limbeck learn go ID")}  goes to a lab, or back to the project`;
  return `${renderBar(exercises, progress, look)}\n${lines.join("\n")}\n\n${go}\n`;
}

/** The hints that were read so far. */
export function renderHints(exercise: Exercise, count: number, look: LearnLook): string {
  return exercise.hints
    .slice(0, count)
    .map((hint, index) => `${wrapBehind(`Hint ${index + 1} of 3:`, hint, proseWidth(look))}\n`)
    .join("");
}

/** One way to solve an exercise. */
export function renderSolution(exercise: Exercise): string {
  return `One way:\n\n${exercise.solution.map((step) => `${describeStep(step)}\n`).join("\n")}`;
}
