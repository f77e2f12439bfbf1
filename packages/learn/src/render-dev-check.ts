import type { LearnLook } from "limbeck/commands";
import type { DevCheck, Numbers } from "./dev-check.ts";
import { SERVER_KINDS, titleOf } from "./engine.ts";
import { wrapBehind } from "./wrap.ts";

/** Columns for the longest name of an engine. */
const TITLE_WIDTH = 10;

const describeNumbers = ({
  exercises,
  wrongStates,
  checks,
  hints,
  milliseconds,
}: Numbers & { readonly milliseconds: number }): string =>
  `${exercises} exercise${exercises === 1 ? "" : "s"}: ${exercises} unsolved, ${exercises} solved and ${wrongStates} wrong states tried; ${checks} checks, ${hints} hints, ${(milliseconds / 1000).toFixed(1)} s`;

/** What a check of the exercises themselves found out. */
export function renderDevCheck({ faults, engines, passedOver, ...numbers }: DevCheck, look: LearnLook): string {
  const line = (title: string, text: string): string => wrapBehind(title.padEnd(TITLE_WIDTH), text, look.width);
  const lines = [
    ...faults.map((fault) => wrapBehind(look.paint("error", look.symbols.error), fault, look.width)),
    ...engines.map(({ engine, ...one }) => line(titleOf(engine), describeNumbers(one))),
    ...passedOver.map((engine) => {
      const { title, variable, example } = SERVER_KINDS[engine];
      return line(title, `passed over: no server is named. export ${variable}=${example}`);
    }),
    ...(engines.length > 1 ? [line("Together", describeNumbers(numbers))] : []),
  ];
  const end =
    faults.length === 0
      ? look.paint("good", "All as they are to be.")
      : look.paint("error", `${faults.length} are not as they are to be.`);
  return `${[...lines, end].join("\n")}\n`;
}
