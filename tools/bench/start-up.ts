import { timeFigure, withGoal, type Figure, type Goal, type Group } from "./figure.ts";
import { LIMBECK_BIN } from "../link-limbeck.ts";
import { preparePeers } from "./peers.ts";
import { interleave, runNode } from "./timing.ts";
import { createTodoProject } from "./todo-history.ts";
import type { Workspace } from "./workspace.ts";

const BARE = "node -e 0";

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly goal?: Goal;
}

/** What a start of the command line costs, compared with Node itself and with other tools on the same database. */
export function measureStartUp(workspace: Workspace, rounds: number): Group {
  const project = createTodoProject(workspace, "start-up");
  const peers = preparePeers(workspace, project.database);
  const own = (command: string): Command => ({
    name: `limbeck ${command}`,
    args: [LIMBECK_BIN, command],
    cwd: project.folder,
  });
  const commands: readonly Command[] = [
    { name: BARE, args: ["-e", "0"], cwd: project.folder },
    { ...own("--version"), goal: { measure: "overBase", atMost: 15 } },
    ...peers.commands.filter(({ job }) => job === "version"),
    { ...own("current"), goal: { measure: "overBase", atMost: 40 } },
    own("history"),
    ...peers.commands.filter(({ job }) => job === "status"),
  ];
  const env = workspace.createEnvironment();
  const timingOf = interleave(
    commands.map(({ name, args, cwd }) => ({ name, time: () => runNode(args, { cwd, env }).milliseconds })),
    { rounds, warmUps: 2 },
  );
  const base = timingOf(BARE);
  const figures = commands.map(({ name, goal }): Figure => {
    if (name === BARE) return timeFigure(name, base);
    const figure = timeFigure(name, timingOf(name), base);
    return goal ? withGoal(figure, goal) : figure;
  });
  return { title: "Start-up: whole processes, compared with bare Node", figures, notes: peers.notes };
}
