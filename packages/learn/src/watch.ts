import { setTimeout as wait } from "node:timers/promises";
import { LimbeckError } from "limbeck";
import type { LearnHost, LearnLook } from "limbeck/commands";
import { checkExercise, fingerprintRoom, goBack, goOn, takeHint, type Classroom } from "./classroom.ts";
import type { Examination } from "./examine.ts";
import { listenToKeys } from "./listen-to-keys.ts";
import { renderEnd } from "./render-end.ts";
import { renderExamination, renderExercise, renderHints, renderKept, renderList, renderSolution } from "./screens.ts";

/** Files and database are looked at this often: it works on every kind of file system, and costs a millisecond. */
const LOOK_EVERY = 400;

const CLEAR = "\u001B[H\u001B[2J\u001B[3J";

const KEYS = "n next  h hint  l list  s solution  u undo  x reset  r check again  q quit";

/** What a key leads to: something more on the screen, or a screen of its own, or the end. Where nothing was changed, nothing is checked anew. */
type Reaction = { readonly note: string; readonly isAlone?: boolean; readonly changesNothing?: boolean } | "quit";

const explain = (error: unknown, { symbols }: LearnLook): string => {
  if (!(error instanceof LimbeckError)) throw error;
  const fixes = error.fix.slice(0, 1).map((fix) => `${symbols.arrow} ${fix}`);
  return [error.title, error.why, ...fixes].filter(Boolean).join("\n");
};

/** Goes on. @returns what is said at the end; nothing before */
async function goOnNow(room: Classroom, enter: () => Classroom, look: LearnLook): Promise<string> {
  const gone = await goOn(room);
  if (!gone.exercise) return renderEnd(enter(), { leftovers: gone.leftovers, look });
  return gone.kept === undefined ? "" : renderKept(gone.exercise, gone.kept, look);
}

async function react(key: string, enter: () => Classroom, look: LearnLook): Promise<Reaction> {
  const room = enter();
  const { exercise, exercises, progress } = room;
  switch (key) {
    case "n":
      return { note: await goOnNow(room, enter, look) };
    case "h":
      return { note: renderHints(exercise, takeHint(room), look), changesNothing: true };
    case "l":
      return {
        note: renderList(exercises, { progress, env: room.host.env, look }),
        isAlone: true,
        changesNothing: true,
      };
    case "s":
      return progress.done.includes(exercise.id)
        ? { note: renderSolution(exercise), isAlone: true, changesNothing: true }
        : { note: "The solution is shown once the exercise is solved. Press h for a hint.", changesNothing: true };
    case "u":
      await goBack(room, "undo");
      return { note: "Files and database are as they were a step ago." };
    case "x":
      await goBack(room, "reset");
      return { note: "Files and database are as they were when the exercise began. u takes that back." };
    case "q":
    case "\u0003":
    case "\u0004":
      return "quit";
    default:
      return { note: "" };
  }
}

function draw(
  room: Classroom,
  { examination, note, look }: { readonly examination: Examination; readonly note: string; readonly look: LearnLook },
): string {
  const { exercise, exercises, progress } = room;
  const shown = [
    renderExercise(exercise, { exercises, progress, look }),
    renderExamination(examination, exercise, look),
    ...(note === "" ? [] : [note.endsWith("\n") ? note : `${note}\n`]),
    `${look.paint("dim", KEYS)}\n`,
  ];
  return `${CLEAR}${shown.join("\n")}`;
}

/**
 * Shows the exercise at hand, checks it at every change of a file or the database, and listens to keys until it is left. It never goes to the next exercise by itself.
 *
 * @param enter opens the project anew
 */
export async function watch(enter: () => Classroom, host: LearnHost): Promise<void> {
  const { look } = host;
  const keys = listenToKeys(process.stdin);
  let shown: string | undefined;
  let before = "";
  // What the last key has led to stays until the next one, or until the exercise is another one: a hint is no help with that.
  let note = "";
  let noted = "";
  let examination: Examination | undefined;
  try {
    for (;;) {
      const now = await fingerprintRoom(enter());
      // While somebody still writes, or holds a lock, there is nothing to check yet.
      const isSettled = shown === undefined || (now !== undefined && now === before);
      before = now ?? "";
      if (isSettled && now !== shown) {
        const room = enter();
        if (room.exercise.id !== noted) note = "";
        examination = await checkExercise(room);
        host.write(draw(enter(), { examination, note, look }));
        shown = now ?? "";
      }
      const key = await Promise.race([keys.next(), wait(LOOK_EVERY, undefined)]);
      if (key === undefined) continue;
      const reaction: Reaction = await react(key, enter, look).catch((error: unknown) => ({
        note: explain(error, look),
      }));
      if (reaction === "quit") return;
      if (reaction.isAlone) {
        host.write(`${CLEAR}${reaction.note}\n${look.paint("dim", "Any key: back to the exercise")}\n`);
        await keys.next();
      }
      note = reaction.isAlone ? "" : reaction.note;
      noted = enter().exercise.id;
      if (!reaction.changesNothing || !examination) {
        shown = undefined;
        continue;
      }
      host.write(draw(enter(), { examination, note, look }));
    }
  } finally {
    keys.stop();
  }
}
