import { GraphError } from "../kernel/errors/graph-errors.ts";
import { JournalError, journalErrors } from "../kernel/errors/journal-errors.ts";
import { RevisionGraph } from "../graph/revision-graph.ts";
import type { Connection } from "../dialect/connection.ts";
import { readEndDetail, type KeptOperation, type KeptRevision } from "../runtime/kept/end-detail.ts";
import type { Operations } from "../runtime/operations.ts";
import type { ReadRevision } from "../scripts/revision-body.ts";
import type { Environment } from "./environment.ts";
import type { Project } from "./project.ts";
import { readDatabase } from "./with-database.ts";

/** A revision without a file that ran on the database. */
interface RanRevision {
  readonly kept: KeptRevision;
  /** Of the file that ran. */
  readonly checksum: string;
}

const isMissing = ({ graph }: Project, revision: string): boolean =>
  !graph.has(revision) && graph.replacementOf(revision) === undefined;

/** What the journal keeps of revisions that have no file here, by their ids. */
async function readMissing(
  { history }: Environment,
  connection: Connection,
  project: Project,
): Promise<ReadonlyMap<string, RanRevision>> {
  // Also of what was stamped since: a stamp runs nothing that would have to be taken back.
  const upgrades = await history.readUpgrades(connection);
  const entries = upgrades.filter(({ revision }) => isMissing(project, revision));
  const details = await history.readDetails(connection, entries);
  return new Map(
    entries.flatMap(({ revision, checksum }) => {
      const { revision: kept } = readEndDetail(details.get(revision) ?? "");
      return kept ? [[revision, { kept, checksum }]] : [];
    }),
  );
}

/** What of them the rows of the version table stand on. @throws JournalError (notKept) where one of them is not in the journal */
function follow(
  project: Project,
  rows: readonly string[],
  known: ReadonlyMap<string, RanRevision>,
): readonly RanRevision[] {
  const found = new Map<string, RanRevision>();
  const waiting = rows.filter((row) => isMissing(project, row));
  for (let revision = waiting.pop(); revision !== undefined; revision = waiting.pop()) {
    if (found.has(revision)) continue;
    const ran = known.get(revision);
    if (!ran) throw journalErrors.notKept({ revision, reason: undefined });
    found.set(revision, ran);
    const { downRevision, dependsOn } = ran.kept.header;
    waiting.push(...[...downRevision, ...dependsOn].filter((below) => isMissing(project, below)));
  }
  return [...found.values()];
}

/** Does what was kept, each operation in the transaction that it had. */
async function runKept(op: Operations, operations: readonly KeptOperation[]): Promise<void> {
  for (const { operation, isOutside = false } of operations) {
    await (isOutside ? op.autocommit((outside) => outside.invoke(operation)) : op.invoke(operation));
  }
}

function loadKept({ kept, checksum }: RanRevision): ReadRevision {
  const { header, way } = kept;
  if ("notKept" in way) throw journalErrors.notKept({ revision: header.revision, reason: way.notKept });
  const { operations, transactional } = way;
  return {
    transactional,
    checksum,
    // Only the runner calls it, as it calls the functions of files.
    downgrade: (op) => runKept(op as Operations, operations),
    // A plan down has no way up.
    upgrade: () => {
      throw journalErrors.notKept({ revision: header.revision, reason: "it is the way back that is kept" });
    },
  };
}

/**
 * A project with what the journal keeps of the revisions that its database has, and that have no files here: they can be taken back, and nothing else.
 *
 * @throws JournalError (notKept) where the journal does not know one of them
 */
export async function addKept(environment: Environment, project: Project): Promise<Project> {
  const ran = await readDatabase(environment, async (connection) => {
    const rows = await environment.versions.readHeads(connection);
    return follow(project, rows, await readMissing(environment, connection, project));
  });
  const byId = new Map(ran.map((one) => [one.kept.header.revision, one]));
  return {
    ...project,
    graph: RevisionGraph.from([...project.files, ...ran.map(({ kept }) => kept.header)]),
    requireFile(revision) {
      const one = byId.get(revision);
      if (!one) return project.requireFile(revision);
      const { header, message } = one.kept;
      return { ...header, path: "", message, doc: "" };
    },
    load: async (revision) => {
      const one = byId.get(revision);
      return one ? loadKept(one) : project.load(revision);
    },
  };
}

/**
 * The command that takes a database back to where the files know it.
 *
 * @returns undefined where not all of the way is kept, or it leads to several places
 */
export async function adviseKept(
  environment: Environment,
  project: Project,
  connection: Connection,
): Promise<string | undefined> {
  try {
    const rows = await environment.versions.readHeads(connection);
    const ran = follow(project, rows, await readMissing(environment, connection, project));
    if (ran.length === 0 || ran.some(({ kept }) => "notKept" in kept.way)) return undefined;
    const below = new Set(ran.flatMap(({ kept }) => kept.header.downRevision).filter((one) => project.graph.has(one)));
    const [target = "base", ...others] = below;
    return others.length > 0 ? undefined : `limbeck downgrade ${target} --from-history`;
  } catch (error) {
    if (error instanceof GraphError || error instanceof JournalError) return undefined;
    throw error;
  }
}
