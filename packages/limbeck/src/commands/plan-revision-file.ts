import { join } from "node:path";
import type { Operation } from "../ops/operation.ts";
import { formatDate, splitDate } from "../scripts/date-parts.ts";
import { planFile } from "../scripts/plan-file.ts";
import { writeRevisionFile } from "../scripts/script-directory.ts";
import { loadTemplate, renderRevision } from "../scripts/template.ts";
import type { Environment } from "./environment.ts";
import type { Project } from "./project.ts";

/** What a new revision file is to say. */
export interface RevisionFileRequest {
  readonly message: string;
  readonly revisionId?: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  readonly notes: readonly string[];
}

/** A revision file that is not written yet. */
export interface PlannedFile {
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly source: string;
  /** Writes it. @throws ScriptError when the folder cannot be written */
  write(): void;
}

/**
 * Chooses id, place and text of a new revision on top of the head; writes nothing.
 *
 * @throws GraphError when there are several heads
 * @throws ScriptError when the id or the template is not usable
 */
export async function planRevisionFile(
  { config, now, randomId }: Environment,
  { graph, files }: Project,
  request: RevisionFileRequest,
): Promise<PlannedFile> {
  const { message, revisionId, upgrade, downgrade, notes } = request;
  const downRevision = graph.resolve("head");
  const date = now();
  const { idStyle, fileTemplate, slugLength } = config;
  const { revision, fileName } = planFile({
    message,
    files,
    now: date,
    randomId,
    idStyle,
    fileTemplate,
    slugLength,
    ...(revisionId !== undefined && { revisionId }),
  });
  const path = join(config.versionsFolder, fileName);
  const source = renderRevision(
    {
      revision,
      downRevision,
      branchLabels: [],
      dependsOn: [],
      message,
      createDate: formatDate(splitDate(date)),
      upgrade,
      downgrade,
      notes,
      convention: config.namingConvention,
    },
    await loadTemplate(config.migrationsFolder),
  );
  return { path, revision, downRevision, source, write: () => writeRevisionFile(path, source) };
}
