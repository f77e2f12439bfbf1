import { splitRange } from "../graph/split-range.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { Connection } from "../dialect/connection.ts";
import type { Statement } from "../dialect/statement.ts";
import { runFrame } from "../runtime/run-frame.ts";
import { writeEndDetail } from "../runtime/kept/end-detail.ts";
import { takeSnapshot } from "../runtime/kept/schema-snapshot.ts";
import type { HistorySubject } from "../runtime/journal/history-entry.ts";
import { moveVersionRows } from "../runtime/version-store.ts";
import { createConnectionSink } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";
import { requireKnown } from "./migrate.ts";
import { resolveStart } from "./resolve-start.ts";
import { listStamped, stampFile } from "./list-stamped.ts";
import { chooseScope, identifyRun, listRunHooks } from "./run-context.ts";
import { readProject, type Project } from "./project.ts";
import { introspectDatabase, withLock, withLocked } from "./with-database.ts";
import { writeVersionScript } from "./write-version-script.ts";

/** What `stamp` is asked for. */
export interface StampOptions {
  /** Revisions that the database is to stand at; `head`, `base`... */
  readonly targets: readonly string[];
  /** Empties the version table first, which also removes revisions that no file describes. Default false. */
  readonly purge?: boolean;
}

/** What a script is asked for. */
export interface StampScriptOptions {
  /** Revisions that the database is to stand at. `FROM:TO` says where it stands before, the same for all; it is base otherwise. */
  readonly targets: readonly string[];
  /** The version of the engine that will run it. Default: the oldest supported one. */
  readonly targetVersion?: string;
}

/** What `stamp` did. */
export interface StampResult {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Notes a stamp, with what the database looks like. */
async function noteStamp(
  environment: Environment,
  connection: Connection,
  entries: readonly HistorySubject[],
): Promise<void> {
  const { history } = environment;
  const scope = chooseScope(environment);
  const readSchema = async () => (await introspectDatabase(environment, connection, scope)).schema;
  const snapshot = await takeSnapshot({ ...environment, connection, scope }, readSchema);
  const detail = writeEndDetail({ snapshot });
  const { lastId } = await history.readState(connection);
  const notes = entries.map((entry, index) => ({
    ...entry,
    event: "stamped" as const,
    ...(index === entries.length - 1 && { detail }),
  }));
  const sink = createConnectionSink(connection);
  for (const statement of history.compileEntries(identifyRun(environment), notes, lastId)) await sink.run(statement);
}

/** What the journal says of a stamp; the last entry stands for where the database is. */
type ListEntries = (project: Project, heads: readonly string[]) => readonly HistorySubject[];

async function moveRows(
  environment: Environment,
  { targets, purge = false }: StampOptions,
  listEntries: ListEntries,
): Promise<StampResult> {
  const { dialect, config, versions, history } = environment;
  const project = readProject(environment);
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      const sink = createConnectionSink(connection);
      const from = await versions.readHeads(connection);
      if (!purge) requireKnown(project, from);
      const plan = project.graph.planStamp(from, targets, { purge });
      const { begin, commit, rollback } = dialect.transaction;
      const entries = listEntries(project, plan.heads);
      const work = { revision: targets.join(", "), direction: "stamp" } as const;
      const run = (statement: Statement): Promise<number> =>
        runFrame(statement, { dialect, connection, sink, ...listRunHooks(environment) }, work);
      await run(begin);
      try {
        if (!(await dialect.hasTable(connection, config.versionTable))) {
          for (const statement of versions.createTable(connection.serverVersion)) await run(statement);
        }
        if (!(await history.exists(connection))) {
          for (const statement of history.createTable(connection.serverVersion)) await run(statement);
        }
        await moveVersionRows(versions, run, { revision: work.revision, versionRows: plan.versionRows });
        await noteStamp(environment, connection, entries);
        await run(commit);
      } catch (error) {
        await sink.run(rollback).catch(() => undefined);
        throw error;
      }
      return { from, to: plan.heads };
    }),
  );
}

/**
 * Writes where the database stands without running any revision, for a database whose schema is already right.
 *
 * @throws GraphError when a target is unknown or ambiguous
 */
export async function stamp(environment: Environment, options: StampOptions): Promise<StampResult> {
  for (const target of options.targets) {
    if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "stamp" });
  }
  return moveRows(environment, options, listStamped);
}

/** Stamps one revision on top of those that the database has, of which the journal goes on to know what it knew. */
export async function stampOnTop(environment: Environment, revision: string): Promise<StampResult> {
  return moveRows(environment, { targets: [revision] }, (project) => [stampFile(project, revision)]);
}

/** A script that moves a database from one position to another without running a revision. */
export interface StampScript extends StampResult {
  /** Empty where there is nothing to do. */
  readonly script: string;
}

function readTargets(targets: readonly string[]): { readonly start: string; readonly ends: readonly string[] } {
  const ranges = targets.map((target) => splitRange(target) ?? { from: undefined, to: target });
  const starts = [...new Set(ranges.flatMap(({ from }) => (from === undefined ? [] : [from || "base"])))];
  const ends = ranges.map(({ to }) => to || "heads");
  const [start = "base", ...others] = starts;
  if (others.length > 0) throw commandErrors.severalStarts({ starts, ends });
  return { start, ends };
}

/**
 * Writes a stamp as a script, without asking a database.
 *
 * @throws CommandError when the targets begin at several places
 * @throws GraphError when a target is unknown or ambiguous
 */
export async function scriptStamp(
  environment: Environment,
  { targets, targetVersion }: StampScriptOptions,
): Promise<StampScript> {
  const project = readProject(environment);
  const { graph } = project;
  const { start, ends } = readTargets(targets);
  const from = resolveStart(graph, start);
  const { versionRows, heads: to } = graph.planStamp(from, ends);
  // Where nothing is applied, there is no version table either.
  if (versionRows.length === 0 && from.length > 0) return { from, to, script: "" };
  const note = `stamp ${from.join(", ") || "base"} -> ${to.join(", ") || "base"}`;
  const stamped = listStamped(project, to);
  return {
    from,
    to,
    script: await writeVersionScript(environment, { from, stamped, versionRows, note, targetVersion }),
  };
}
