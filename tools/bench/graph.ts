import { LIMBECK_BIN } from "../link-limbeck.ts";
import { timeFigure, withGoal, type Goal, type Group } from "./figure.ts";
import { createLongProject } from "./long-history.ts";
import { interleave, runNode } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const REVISIONS = 10_000;
const BARE = "node -e 0";
const COMMANDS: readonly (readonly string[])[] = [["heads"], ["history", "-r", "-20:head"]];
const GOAL: Goal = { measure: "value", atMost: 500 };

/** Commands that have to read the header of every one of many revision files. */
export function measureGraph(workspace: Workspace, rounds: number): Group {
  const { folder: cwd } = createLongProject(workspace, "graph", REVISIONS);
  const env = workspace.createEnvironment();
  const contestants = [
    { name: BARE, args: ["-e", "0"] },
    ...COMMANDS.map((command) => ({ name: `limbeck ${command.join(" ")}`, args: [LIMBECK_BIN, ...command] })),
  ];
  const timingOf = interleave(
    contestants.map(({ name, args }) => ({ name, time: () => runNode(args, { cwd, env }).milliseconds })),
    { rounds, warmUps: 1 },
  );
  const base = timingOf(BARE);
  return {
    title: `Revision graph: ${REVISIONS.toLocaleString("en")} revision files, whole processes, compared with bare Node`,
    figures: contestants.map(({ name }) =>
      name === BARE ? timeFigure(name, base) : withGoal(timeFigure(name, timingOf(name), base), GOAL),
    ),
    notes: [],
  };
}
