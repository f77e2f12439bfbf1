import { chooseImportPath, chooseModelsPath } from "../config/choose-models-path.ts";
import { findOpenLine, type OpenLine } from "../config/find-open-line.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import type { Connection } from "../dialect/connection.ts";
import { writeRevisionFile } from "../scripts/script-directory.ts";
import type { Environment } from "./environment.ts";
import { requireKnown } from "./migrate.ts";
import { readProject, type Project } from "./project.ts";
import { planBaseline, writeBaseline, type PulledRevision } from "./pull/baseline.ts";
import { makeModels } from "./pull/make-models.ts";
import { readDatabase } from "./with-database.ts";

/** What `pull` is asked for. */
export interface PullOptions {
  /** Absolute path of the file that gets the models. Default: `app/models.ts` beside the config. */
  readonly path?: string;
  /** What the first revision does, in one line. Default: `initial`. */
  readonly message?: string;
  /** Only makes the models, and writes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Writes the models and no revision. Default false. */
  readonly noRevision?: boolean;
  /** Writes a first revision, and leaves the version table alone. Default false. */
  readonly noStamp?: boolean;
}

/** What `pull` made of a database. */
export interface PullResult {
  /** Absolute path of the file for the models. */
  readonly path: string;
  /** The models, a module of TypeScript. */
  readonly models: string;
  readonly tables: number;
  readonly views: number;
  readonly triggers: number;
  readonly enums: number;
  readonly sequences: number;
  /** Functions, domains and whatever else is kept as its definition. */
  readonly objects: number;
  /** What the database holds and models cannot say. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** Whether files were written. */
  readonly isWritten: boolean;
  /** Absent where there were revisions before, or none was wanted. */
  readonly revision?: PulledRevision;
  /** The line that brings the models into the config; absent where it names models already. */
  readonly configLine?: string;
  /** The comment of the config that it belongs in the place of; absent where there is none. */
  readonly openLine?: OpenLine;
}

/** Whether a first revision is wanted, and can be the first. */
async function needsBaseline(
  environment: Environment,
  project: Project,
  { noRevision = false, dryRun = false }: PullOptions,
  connection: Connection,
): Promise<boolean> {
  if (noRevision || dryRun || project.files.length > 0) return false;
  // Somebody's revisions ran here, and are only not in this checkout.
  requireKnown(project, await environment.versions.readHeads(connection));
  return true;
}

/**
 * Writes an existing database down as models, and as the first revision of a history that begins there: the way to take up Limbeck where there are
 * tables already. The models are loaded and built on a scratch database, and the revision is run up, down and up again, before any file is written;
 * then the version table says that the database stands at that revision. Nothing else in the database is changed.
 *
 * @throws CommandError when the file exists already, or there is nothing to write down
 * @throws ProofError when the models or the revision do not build exactly what the database holds
 */
export async function pull(environment: Environment, options: PullOptions = {}): Promise<PullResult> {
  const { config } = environment;
  const { message = "initial", dryRun = false, noStamp = false } = options;
  const path = chooseModelsPath(config, options.path, dryRun);
  const project = readProject(environment);
  const { text, comparison, baseline } = await readDatabase(environment, async (connection) => {
    const isFirst = await needsBaseline(environment, project, options, connection);
    const models = await makeModels(environment, connection, path);
    return {
      ...models,
      baseline: isFirst ? await planBaseline(environment, project, models.comparison, message) : undefined,
    };
  });
  if (!dryRun) writeRevisionFile(path, text);
  const revision = baseline && (await writeBaseline(environment, baseline, noStamp));
  const { tables, views, triggers, enums, sequences, objects } = comparison.target;
  const openLine = findOpenLine(config);
  const configLine = `models: () => import(${JSON.stringify(chooseImportPath(config, path))}),`;
  return {
    path,
    models: text,
    tables: tables.length,
    views: views.length,
    triggers: triggers.length,
    enums: enums.length,
    sequences: sequences.length,
    objects: objects.length,
    unmanaged: comparison.unmanaged,
    isWritten: !dryRun,
    ...(revision && { revision }),
    ...(config.models === undefined && { configLine, ...(openLine && { openLine }) }),
  };
}
