import { join } from "node:path";
import type { Introspection } from "../dialect/dialect.ts";
import type { Operation } from "../ops/operation.ts";
import { formatDate, splitDate } from "../scripts/date-parts.ts";
import { planFile, type RevisionFormat } from "../scripts/plan-file.ts";
import type { RevisionHeader } from "../scripts/revision-header.ts";
import type { RevisionContent } from "../scripts/render/render-revision.ts";
import { writeRevisionFile } from "../scripts/script-directory.ts";
import { renderSqlRevision, type SqlRevisionContent } from "../scripts/sql/render-sql-revision.ts";
import { loadTemplate, renderRevision } from "../scripts/template.ts";
import { compileOperations } from "./compile-operations.ts";
import type { Environment } from "./environment.ts";
import type { Project } from "./project.ts";

/** What a new revision file is to say. */
export interface RevisionFileRequest {
  readonly message: string;
  readonly revisionId?: string;
  /** Where it stands in the history. Default: on top of the one head. */
  readonly head?: Pick<RevisionHeader, "downRevision" | "branchLabels" | "dependsOn"> &
    Partial<Pick<RevisionHeader, "replaces">>;
  readonly format: RevisionFormat;
  readonly upgrade: readonly Operation[];
  /** The way back, or why there is none. */
  readonly downgrade: RevisionContent["downgrade"];
  /** What the upgrade meets, where there are operations. */
  readonly start: Introspection;
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

/** What every revision file says, whatever it is written in. */
type FileHead = Omit<SqlRevisionContent, "upgrade" | "downgrade">;

/**
 * A `.sql` revision runs on whatever engine the project's databases have, so it is written for the oldest one; guards become statements
 * that fail.
 */
async function renderSqlFile(environment: Environment, head: FileHead, request: RevisionFileRequest): Promise<string> {
  const { dialect } = environment;
  const wayBack = "irreversible" in request.downgrade ? [] : request.downgrade;
  const [upgrade = "", downgrade = ""] = await compileOperations(environment, [request.upgrade, wayBack], {
    start: request.start,
    render: dialect.renderScriptStatement,
    targetVersion: dialect.oldestVersion,
  });
  return renderSqlRevision({
    ...head,
    upgrade,
    downgrade: "irreversible" in request.downgrade ? request.downgrade : downgrade,
  });
}

async function renderModule({ config }: Environment, head: FileHead, request: RevisionFileRequest): Promise<string> {
  const { upgrade, downgrade } = request;
  const content = { ...head, upgrade, downgrade, convention: config.namingConvention };
  return renderRevision(content, await loadTemplate(config.migrationsFolder));
}

/**
 * Chooses id, place and text of a new revision; writes nothing.
 *
 * @throws GraphError when it is to stand on top of the head and there are several
 * @throws ScriptError when the id or the template is not usable
 */
export async function planRevisionFile(
  environment: Environment,
  { graph, files }: Project,
  request: RevisionFileRequest,
): Promise<PlannedFile> {
  const { config, now, randomId } = environment;
  const { message, revisionId, format, notes } = request;
  const { head: place = { downRevision: graph.resolve("head"), branchLabels: [], dependsOn: [] } } = request;
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
    format,
    ...(revisionId !== undefined && { revisionId }),
  });
  const path = join(config.versionsFolder, fileName);
  const createDate = formatDate(splitDate(date));
  const head = { revision, replaces: [], ...place, message, createDate, notes };
  const source = await (format === "sql" ? renderSqlFile : renderModule)(environment, head, request);
  return { path, revision, downRevision: place.downRevision, source, write: () => writeRevisionFile(path, source) };
}
