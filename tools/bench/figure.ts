import type { Timing } from "./timing.ts";

/** What a figure is held against; `measure` names the field of the figure that is compared with the limit. */
export interface Goal {
  readonly measure: "value" | "overBase" | "ratio";
  readonly atMost: number;
}

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly unit: "ms" | "kB" | "packages";
  /** The median, where it is a time. */
  readonly value: number;
  readonly min?: number;
  /** How much more than the base of its group: the difference of the medians. */
  readonly overBase?: number;
  /** How many times the base of its group: the quotient of the medians. */
  readonly ratio?: number;
  readonly goal?: Goal & { readonly met: boolean };
}

/** Figures that are compared with each other. */
export interface Group {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** What a reader has to know, such as what could not be measured. */
  readonly notes: readonly string[];
}

/** Says whether a figure meets a goal. Only said: a busy machine must not fail anybody's work. */
export function withGoal(figure: Figure, goal: Goal): Figure {
  return { ...figure, goal: { ...goal, met: (figure[goal.measure] ?? Number.NaN) <= goal.atMost } };
}

/** A time, compared with the base of its group unless it is the base. */
export function timeFigure(name: string, timing: Timing, base?: Timing): Figure {
  const figure: Figure = { name, unit: "ms", value: timing.median, min: timing.min };
  if (!base) return figure;
  return { ...figure, overBase: timing.median - base.median, ratio: timing.median / base.median };
}
