import { LIMBECK_BIN } from "../link-limbeck.ts";
import { createAlembicProject, findAlembic } from "./alembic.ts";
import { timeFigure, withGoal, type Goal, type Group } from "./figure.ts";
import { createLongProject, inOneLine, inTwoLines, type HistoryShape } from "./long-history.ts";
import { interleave, runNode, runProgram, type Contestant } from "./timing.ts";
import type { Workspace } from "./workspace.ts";

const REVISIONS = 10_000;
const BARE = "node -e 0";

/** Where nothing is applied, the whole way up is planned; where everything is, `upgrade` finds that out and stops. */
const EMPTY = "sqlite:empty.db";

interface Command {
  readonly args: readonly string[];
  readonly title: string;
  readonly goal: Goal;
}

const within = (milliseconds: number): Goal => ({ measure: "value", atMost: milliseconds });

const COMMANDS: readonly Command[] = [
  { args: ["heads"], title: "heads", goal: within(500) },
  { args: ["upgrade", "heads"], title: "upgrade heads, all applied", goal: within(500) },
  { args: ["status", "--url", EMPTY], title: "status, none applied: plans all", goal: within(500) },
  { args: ["history", "-r", "-20:heads"], title: "history -r -20:heads", goal: within(300) },
  { args: ["history", "--graph"], title: "history --graph", goal: within(500) },
];

const ALEMBIC_COMMANDS: readonly Pick<Command, "args" | "title">[] = [
  { args: ["heads"], title: "heads" },
  { args: ["upgrade", "heads"], title: "upgrade heads, all applied" },
];

type Measured = Contestant & { readonly goal?: Goal };

function listContestants(workspace: Workspace, label: string, shape: HistoryShape): readonly Measured[] {
  const project = createLongProject(workspace, `graph-${label}`, REVISIONS, shape);
  project.limbeck("stamp", "heads");
  const options = { cwd: project.folder, env: workspace.createEnvironment() };
  const own = COMMANDS.map(({ args, title, goal }) => ({
    name: `limbeck ${title} (${label})`,
    goal,
    time: () => runNode([LIMBECK_BIN, ...args], options).milliseconds,
  }));
  const alembic = findAlembic();
  if (!alembic) return own;
  const folder = createAlembicProject(workspace, `alembic-${label}`, { alembic, count: REVISIONS, shape });
  return [
    ...own,
    ...ALEMBIC_COMMANDS.map(({ args, title }) => ({
      name: `alembic ${alembic.version} ${title} (${label})`,
      time: () => runProgram(alembic.python, ["-m", "alembic", ...args], { ...options, cwd: folder }).milliseconds,
    })),
  ];
}

/** Commands that have to read the header of every one of many revision files. */
export function measureGraph(workspace: Workspace, rounds: number): Group {
  const bare = { cwd: workspace.createFolder("graph-bare"), env: workspace.createEnvironment() };
  const contestants: readonly Measured[] = [
    { name: BARE, time: () => runNode(["-e", "0"], bare).milliseconds },
    ...listContestants(workspace, "one line", inOneLine),
    ...listContestants(workspace, "500 merges", inTwoLines),
  ];
  const timingOf = interleave(contestants, { rounds, warmUps: 1 });
  const base = timingOf(BARE);
  return {
    title: `Revision graph: ${REVISIONS.toLocaleString("en")} revision files, whole processes, compared with bare Node`,
    figures: contestants.map(({ name, goal }) => {
      const figure = name === BARE ? timeFigure(name, base) : timeFigure(name, timingOf(name), base);
      return goal ? withGoal(figure, goal) : figure;
    }),
    notes: findAlembic() ? [] : ["Skipped Alembic: no python3 here has it (Debian: python3-alembic)."],
  };
}
