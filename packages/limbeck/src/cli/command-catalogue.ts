import type { Command } from "@stricli/core";
import type { ActionContext } from "./action.ts";
import { learnCommand } from "./routes/learning.ts";
import {
  branchesCommand,
  currentCommand,
  editCommand,
  headsCommand,
  historyCommand,
  inspectCommand,
  showCommand,
  statusCommand,
  verifyCommand,
} from "./routes/looking.ts";
import {
  downgradeCommand,
  ensureVersionCommand,
  resetCommand,
  seedCommand,
  resolveCommand,
  stampCommand,
  upgradeCommand,
} from "./routes/moving.ts";
import {
  checkCommand,
  diffCommand,
  explainCommand,
  initCommand,
  listTemplatesCommand,
  mergeCommand,
  pullCommand,
  rebaseCommand,
  revisionCommand,
  squashCommand,
  testCommand,
} from "./routes/writing.ts";

/** A command as the help shows it. */
export interface ListedCommand {
  readonly command: Command<ActionContext>;
  readonly group: string;
  /** Options that the command cannot do without. */
  readonly needs?: string;
  /** Runs that `--json=stream` can tell of while they go on. */
  readonly streams?: true;
  /** Command lines to copy; the first one is the most usual. */
  readonly examples: readonly [string, ...string[]];
}

const WRITE = "Write revisions";
const MOVE = "Move the database";
const LOOK = "Look";

/** All commands by name, in the order of the help. */
export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  init: {
    command: initCommand,
    group: WRITE,
    examples: ["limbeck init", "limbeck init db/migrations", "limbeck init --template package packages/database"],
  },
  "list-templates": { command: listTemplatesCommand, group: WRITE, examples: ["limbeck list-templates"] },
  pull: {
    command: pullCommand,
    group: WRITE,
    examples: ["limbeck pull", "limbeck pull src/tables.ts --no-stamp", "limbeck pull --dry-run"],
  },
  revision: {
    command: revisionCommand,
    group: WRITE,
    needs: "-m MESSAGE",
    examples: [
      'limbeck revision -m "add due date to todos" --autogenerate',
      'limbeck revision -m "backfill slugs"',
      'limbeck revision -m "rename" --autogenerate --rename todos.name:todos.title',
      'limbeck revision -m "billing" --head base --branch-label billing',
      'limbeck revision -m "due dates" --autogenerate --offline',
    ],
  },
  edit: { command: editCommand, group: WRITE, examples: ["limbeck edit head", "limbeck edit current"] },
  merge: {
    command: mergeCommand,
    group: WRITE,
    examples: ["limbeck merge heads", 'limbeck merge ae10 27c6 -m "bring billing in"', "limbeck merge --no-proof"],
  },
  rebase: {
    command: rebaseCommand,
    group: WRITE,
    examples: ["limbeck rebase", "limbeck rebase 27c6 --onto ae10", "limbeck rebase --onto ae10 --dry-run"],
  },
  squash: {
    command: squashCommand,
    group: WRITE,
    examples: ["limbeck squash base..head", 'limbeck squash ae10..27c6 -m "the first year"'],
  },
  diff: {
    command: diffCommand,
    group: WRITE,
    examples: ["limbeck diff", "limbeck diff --sql", "limbeck diff head", "limbeck diff database sqlite:other.db"],
  },
  check: {
    command: checkCommand,
    group: WRITE,
    examples: ["limbeck check", "limbeck check --offline", "limbeck check --single-head"],
  },
  test: {
    command: testCommand,
    group: WRITE,
    examples: ["limbeck test", "limbeck test head --data", "limbeck test a1b2:head --seed 7"],
  },
  upgrade: {
    command: upgradeCommand,
    group: MOVE,
    streams: true,
    examples: ["limbeck upgrade head", "limbeck upgrade +1 --dry-run", "limbeck upgrade base:head --sql > up.sql"],
  },
  downgrade: {
    command: downgradeCommand,
    group: MOVE,
    streams: true,
    examples: [
      "limbeck downgrade -1",
      "limbeck downgrade base --allow-data-loss",
      "limbeck downgrade head:base --sql > down.sql",
    ],
  },
  stamp: {
    command: stampCommand,
    group: MOVE,
    examples: ["limbeck stamp head", "limbeck stamp --purge head", "limbeck stamp a1b2:head --sql > stamp.sql"],
  },
  "ensure-version": {
    command: ensureVersionCommand,
    group: MOVE,
    examples: ["limbeck ensure-version", "limbeck ensure-version --sql > table.sql"],
  },
  resolve: {
    command: resolveCommand,
    group: MOVE,
    needs: "--applied|--rolled-back",
    examples: ["limbeck resolve a1b2 --applied", "limbeck resolve a1b2 --rolled-back"],
  },
  reset: { command: resetCommand, group: MOVE, streams: true, examples: ["limbeck reset", "limbeck reset --yes"] },
  seed: { command: seedCommand, group: MOVE, examples: ["limbeck seed", "limbeck seed --only lists --only users"] },
  status: { command: statusCommand, group: LOOK, examples: ["limbeck status", "limbeck status --check"] },
  verify: { command: verifyCommand, group: LOOK, examples: ["limbeck verify"] },
  current: { command: currentCommand, group: LOOK, examples: ["limbeck current", "limbeck current -v"] },
  history: {
    command: historyCommand,
    group: LOOK,
    examples: [
      "limbeck history -i",
      "limbeck history --graph -i",
      "limbeck history -r -3:current",
      "limbeck history --format mermaid > history.mmd",
    ],
  },
  heads: { command: headsCommand, group: LOOK, examples: ["limbeck heads", "limbeck heads --resolve-dependencies"] },
  branches: { command: branchesCommand, group: LOOK, examples: ["limbeck branches", "limbeck branches -v"] },
  show: { command: showCommand, group: LOOK, examples: ["limbeck show head", "limbeck show current"] },
  inspect: {
    command: inspectCommand,
    group: LOOK,
    examples: ["limbeck inspect", "limbeck inspect todos --sql", "limbeck inspect --mermaid > schema.mmd"],
  },
  learn: {
    command: learnCommand,
    group: LOOK,
    examples: [
      "limbeck learn start my-todo",
      "limbeck learn",
      "limbeck learn check --json",
      "limbeck learn hint",
      "limbeck learn clean",
    ],
  },
  explain: { command: explainCommand, group: LOOK, examples: ["limbeck explain LB0301", "limbeck explain --list"] },
};
