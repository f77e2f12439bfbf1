import type { LearnLook } from "limbeck/commands";
import type { Classroom } from "./classroom.ts";
import type { Examination } from "./examine.ts";
import { fitsScreen, type ScreenSize } from "./fit-screen.ts";
import { renderExamination, renderExercise, renderTitle } from "./screens.ts";

/** Which half is shown of an exercise that is too long for the terminal. */
export type Half = "text" | "checks";

type Room = Pick<Classroom, "exercise" | "exercises" | "progress">;

const KEYS = "n next  h hint  l list  s solution  u undo  x reset  r check  q quit";

/** What is on the screen while an exercise that one has come to is checked for the first time. */
export const renderArrival = ({ exercise, exercises, progress }: Room, look: LearnLook): string =>
  `${renderExercise(exercise, { exercises, progress, look })}\n${look.paint("dim", "Checking ...")}`;

/** What is on the screen while an exercise is watched: all of it where there is room, else one half, and a key for the other. There is no line end behind it, which would cost a row. */
export function renderWatched(
  { exercise, exercises, progress }: Room,
  {
    examination,
    note,
    half,
    size,
    look,
  }: {
    readonly examination: Examination;
    readonly note: string;
    readonly half: Half;
    readonly size: ScreenSize;
    readonly look: LearnLook;
  },
): string {
  const place = { exercises, progress, look };
  const text = renderExercise(exercise, place);
  const checks = renderExamination(examination, exercise, look);
  const notes = note === "" ? [] : [note.endsWith("\n") ? note : `${note}\n`];
  const whole = [text, checks, ...notes, look.paint("dim", KEYS)].join("\n");
  if (fitsScreen(whole, size)) return whole;
  const keys = look.paint("dim", `t ${half === "text" ? "checks" : "text"}  ${KEYS}`);
  const shown = half === "text" ? [text] : [`${renderTitle(exercise, place)}\n`, checks];
  return [...shown, ...notes, keys].join("\n");
}
