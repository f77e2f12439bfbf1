import { setTimeout as wait } from "node:timers/promises";
import { LimbeckError } from "limbeck";
import type { LearnHost, LearnLook } from "limbeck/commands";
import { checkExercise, fingerprintRoom, goBack, goOn, takeHint, type Classroom } from "./classroom.ts";
import type { Examination } from "./examine.ts";
import { breakIntoPages, type ScreenSize } from "./fit-screen.ts";
import { listenToKeys, type Keys } from "./listen-to-keys.ts";
import { renderEnd } from "./render-end.ts";
import { renderHints, renderKept, renderList, renderSolution } from "./screens.ts";
import { renderArrival, renderWatched, type Half } from "./watch-screen.ts";

/** Files and database are looked at this often: it works on every kind of file system, and costs a millisecond. */
const LOOK_EVERY = 400;

const CLEAR = "\u001B[H\u001B[2J\u001B[3J";

/** Asked anew each time: a terminal changes its size. */
const measure = ({ width }: LearnLook): ScreenSize => ({ rows: process.stdout.rows, columns: width });

/** Shows a screen of its own, page by page. */
async function showAlone(text: string, keys: Keys, { look, write }: LearnHost): Promise<void> {
  const pages = breakIntoPages(text, measure(look));
  for (const [index, page] of pages.entries()) {
    const isLast = index === pages.length - 1;
    const go = isLast
      ? "Any key: back to the exercise"
      : `Any key: more (${index + 1} of ${pages.length})  q back to the exercise`;
    write(`${CLEAR}${page}\n\n${look.paint("dim", go)}`);
    if ((await keys.next()) === "q") return;
  }
}

/** What a key leads to: something more on the screen, or a screen of its own, or the end. Where nothing was changed, nothing is checked anew. */
type Reaction =
  | {
      readonly note: string;
      readonly isAlone?: boolean;
      readonly changesNothing?: boolean;
      /** Whether what is said is true only until something changes. */
      readonly isPassing?: boolean;
    }
  | "quit";

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
        : {
            note: "The solution is shown once the exercise is solved. Press h for a hint.",
            changesNothing: true,
            isPassing: true,
          };
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

/** The screen while an exercise is watched. */
interface Screen {
  /** Checks the exercise at hand, and shows how it stands. */
  readonly check: () => Promise<void>;
  /** Shows the other half of an exercise that does not fit. */
  readonly turn: () => void;
  /** Shows what a key has led to. @returns whether the exercise is to be checked anew */
  readonly show: (reaction: Exclude<Reaction, "quit">) => Promise<boolean>;
}

function openScreen(enter: () => Classroom, host: LearnHost, keys: Keys): Screen {
  const { look } = host;
  // What the last key has led to stays until the next one, or until the exercise is another one: a hint is no help with that.
  let note = "";
  let noted = "";
  let isPassing = false;
  // An exercise that does not fit begins with what is to be done; once something is, the checks matter more.
  let half: Half = "text";
  let drawn: string | undefined;
  let examination: Examination | undefined;
  const draw = (): void => {
    const room = enter();
    drawn = room.exercise.id;
    if (!examination) return;
    host.write(`${CLEAR}${renderWatched(room, { examination, note, half, size: measure(look), look })}`);
  };
  return {
    check: async () => {
      const room = enter();
      const { id } = room.exercise;
      if (id !== noted || isPassing) note = "";
      if (drawn !== undefined) half = id === drawn ? "checks" : "text";
      // Some checks start processes, and take seconds.
      if (id !== drawn) host.write(`${CLEAR}${renderArrival(room, look)}`);
      examination = await checkExercise(room);
      draw();
    },
    turn: () => {
      half = half === "text" ? "checks" : "text";
      draw();
    },
    show: async (reaction) => {
      if (reaction.isAlone) await showAlone(reaction.note, keys, host);
      else half = "checks";
      note = reaction.isAlone ? "" : reaction.note;
      noted = enter().exercise.id;
      isPassing = reaction.isPassing ?? false;
      if (!reaction.changesNothing || !examination) return true;
      draw();
      return false;
    },
  };
}

/**
 * Shows the exercise at hand, checks it at every change of a file or the database, and listens to keys until it is left. It never goes to the next exercise by itself.
 *
 * @param enter opens the project anew
 */
export async function watch(enter: () => Classroom, host: LearnHost): Promise<void> {
  const keys = listenToKeys(process.stdin);
  const screen = openScreen(enter, host, keys);
  let shown: string | undefined;
  let before = "";
  try {
    for (;;) {
      const now = await fingerprintRoom(enter());
      // While somebody still writes, or holds a lock, there is nothing to check yet.
      const isSettled = shown === undefined || (now !== undefined && now === before);
      before = now ?? "";
      if (isSettled && now !== shown) {
        await screen.check();
        shown = now ?? "";
      }
      const key = await Promise.race([keys.next(), wait(LOOK_EVERY, undefined)]);
      if (key === undefined) continue;
      if (key === "t") {
        screen.turn();
        continue;
      }
      const reaction: Reaction = await react(key, enter, host.look).catch((error: unknown) => ({
        note: explain(error, host.look),
        changesNothing: true,
        isPassing: true,
      }));
      if (reaction === "quit") return;
      if (await screen.show(reaction)) shown = undefined;
    }
  } finally {
    keys.stop();
    host.write("\n");
  }
}
