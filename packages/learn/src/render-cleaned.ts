import type { LearnLook, LearnTone } from "limbeck/commands";
import type { Cleaned } from "./clean.ts";
import type { Exercise } from "./exercise.ts";
import { INDENT, proseWidth, renderNext } from "./screens.ts";
import { wrap, wrapBehind } from "./wrap.ts";

const SAID: Readonly<Record<Cleaned["state"], { readonly tone: LearnTone; readonly end: string }>> = {
  dropped: { tone: "good", end: "is dropped." },
  gone: { tone: "dim", end: "was gone already." },
  failed: { tone: "error", end: "is still there." },
};

/** A server that cannot be reached has many; why that is, is said below the last of them. */
const sharesReason = (one: Cleaned, following: Cleaned | undefined): boolean =>
  following !== undefined && one.because === following.because && one.fix === following.fix;

function renderOne(one: Cleaned, following: Cleaned | undefined, look: LearnLook): string {
  const { database, state, because, fix } = one;
  const { symbols, paint } = look;
  const width = proseWidth(look);
  const { tone, end } = SAID[state];
  const sign = { dropped: symbols.done, gone: symbols.dot, failed: symbols.error }[state];
  // Painted once the line is wrapped, which counts columns.
  const line = wrapBehind(`${INDENT}${sign}`, `${database} ${end}`, width);
  const isSaidBelow = sharesReason(one, following);
  return [
    `${INDENT}${paint(tone, sign)}${line.slice(INDENT.length + sign.length)}`,
    ...(because === undefined || isSaidBelow ? [] : [wrap(because, width, " ".repeat(6))]),
    ...(fix === undefined || isSaidBelow ? [] : [wrapBehind(`${" ".repeat(6)}${symbols.arrow}`, fix, width)]),
  ].join("\n");
}

/** What became of the databases that exercises have made on servers. */
export function renderCleaned(databases: readonly Cleaned[], exercise: Exercise | undefined, look: LearnLook): string {
  if (databases.length === 0) return "The exercises in this folder have no database on a server.\n";
  const lines = databases.map((one, index) => `${renderOne(one, databases[index + 1], look)}\n`).join("");
  if (exercise?.engine === undefined || databases.every(({ state }) => state === "failed")) return lines;
  const anew = wrap("The exercise at hand had its database there. To begin it anew:", proseWidth(look), INDENT);
  return `${lines}\n${anew}\n\n${renderNext([`go ${exercise.id}`], look)}`;
}
