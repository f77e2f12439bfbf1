import type { LoadConfigOptions } from "../config/load-config.ts";
import { branches } from "./branches.ts";
import { check } from "./check.ts";
import { current } from "./current.ts";
import { diff } from "./diff.ts";
import { downgrade } from "./downgrade.ts";
import { openEnvironment, type Environment, type EnvironmentOverrides } from "./environment.ts";
import { heads } from "./heads.ts";
import { history } from "./history.ts";
import { inspect } from "./inspect.ts";
import { ready } from "./ready.ts";
import { resolve } from "./resolve.ts";
import { createRevision } from "./revision.ts";
import { seed } from "./seed/seed.ts";
import { show } from "./show.ts";
import { stamp } from "./stamp.ts";
import { status } from "./status.ts";
import { upgradeAll } from "./tenants/upgrade-all.ts";
import { testRevisions } from "./test-revisions.ts";
import { upgrade } from "./upgrade.ts";
import { verify } from "./verify.ts";

/** A command that knows its project. */
type Bound<Command> = Command extends (environment: Environment, ...args: infer Arguments) => infer Result
  ? (...args: Arguments) => Result
  : never;

/** The commands that an application has a use for, on one project. */
export interface Limbeck {
  /** For all other functions of `limbeck/commands`. */
  readonly environment: Environment;
  readonly branches: Bound<typeof branches>;
  readonly check: Bound<typeof check>;
  readonly createRevision: Bound<typeof createRevision>;
  readonly current: Bound<typeof current>;
  readonly diff: Bound<typeof diff>;
  readonly downgrade: Bound<typeof downgrade>;
  readonly heads: Bound<typeof heads>;
  readonly history: Bound<typeof history>;
  readonly inspect: Bound<typeof inspect>;
  readonly ready: Bound<typeof ready>;
  readonly resolve: Bound<typeof resolve>;
  readonly seed: Bound<typeof seed>;
  readonly show: Bound<typeof show>;
  readonly stamp: Bound<typeof stamp>;
  readonly status: Bound<typeof status>;
  readonly testRevisions: Bound<typeof testRevisions>;
  readonly upgrade: Bound<typeof upgrade>;
  readonly upgradeAll: Bound<typeof upgradeAll>;
  readonly verify: Bound<typeof verify>;
}

/**
 * Makes the commands of one project, for use inside an application. Any number of processes may call `upgrade` when they start: one runs the revisions, the others wait
 * for it and find nothing left to do.
 *
 * @param options where the config is, or the config itself
 * @param overrides `onEvent` hears what a run does, `signal` ends it
 * @throws ConfigError when there is no config or it cannot be used
 *
 * @example
 * const limbeck = await createLimbeck({ cwd: process.cwd(), env: process.env });
 * await limbeck.upgrade({ target: "head" });
 */
export async function createLimbeck(
  options: LoadConfigOptions,
  overrides: EnvironmentOverrides = {},
): Promise<Limbeck> {
  const environment = await openEnvironment(options, overrides);
  const bind =
    <Arguments extends readonly unknown[], Result>(
      command: (environment: Environment, ...args: Arguments) => Result,
    ): ((...args: Arguments) => Result) =>
    (...args) =>
      command(environment, ...args);
  return {
    environment,
    branches: bind(branches),
    check: bind(check),
    createRevision: bind(createRevision),
    current: bind(current),
    diff: bind(diff),
    downgrade: bind(downgrade),
    heads: bind(heads),
    history: bind(history),
    inspect: bind(inspect),
    ready: bind(ready),
    resolve: bind(resolve),
    seed: bind(seed),
    show: bind(show),
    stamp: bind(stamp),
    status: bind(status),
    testRevisions: bind(testRevisions),
    upgrade: bind(upgrade),
    upgradeAll: bind(upgradeAll),
    verify: bind(verify),
  };
}
