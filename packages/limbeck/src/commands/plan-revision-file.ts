import { dirname, join } from "node:path";
import type { Introspection } from "../dialect/dialect.ts";
import type { Operation } from "../ops/operation.ts";
import { formatDate, splitDate } from "../scripts/date-parts.ts";
import { runHooks, type HookReport } from "../scripts/hooks/run-hooks.ts";
import { planFile, type RevisionFormat } from "../scripts/plan-file.ts";
import type { RevisionContent } from "../scripts/render/render-revision.ts";
import { addRevisionFile } from "../scripts/script-directory.ts";
import { renderSqlRemarks } from "../scripts/render/render-remarks.ts";
import { renderSqlRevision, type SqlRevisionContent } from "../scripts/sql/render-sql-revision.ts";
import { loadTemplate, renderRevision } from "../scripts/template.ts";
import { compileOperations } from "./compile-operations.ts";
import type { Environment } from "./environment.ts";
import type { RevisionPlace } from "./placement/place-revision.ts";
import type { Project } from "./project.ts";

/** What a new revision file is to say. */
export interface RevisionFileRequest {
  readonly message: string;
  readonly place: RevisionPlace;
  readonly revisionId?: string;
  /** The revisions that it stands for, in the order in which they run. Default none. */
  readonly replaces?: readonly string[];
  readonly format: RevisionFormat;
  readonly upgrade: readonly Operation[];
  /** What is said before single changes of the upgrade. Default nothing. */
  readonly remarks?: RevisionContent["remarks"];
  /** The way back, or why there is none. */
  readonly downgrade: RevisionContent["downgrade"];
  /** What the upgrade meets, where there are operations. */
  readonly start: Introspection;
  readonly notes: readonly string[];
}

/** A revision file that has been written. */
export interface WrittenFile {
  /** What it holds after the hooks. */
  readonly text: string;
  /** The hooks that ran on it. */
  readonly hooks: readonly HookReport[];
}

/** A revision file that is not written yet. */
export interface PlannedFile {
  /** The newest revision of every branch once the file is there. */
  readonly heads: readonly string[];
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly source: string;
  /**
   * Writes it and runs the hooks of the config on it.
   *
   * @throws ScriptError when the folder cannot be written, or a hook fails; then the file stays
   */
  write(): Promise<WrittenFile>;
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
  // One by one, so that it is known which statements belong to what is remarked upon.
  const all = [...request.upgrade, ...wayBack];
  const texts = await compileOperations(
    environment,
    all.map((operation) => [operation]),
    { start: request.start, render: dialect.renderScriptStatement, targetVersion: dialect.oldestVersion },
  );
  const parts = all.map(
    (operation, position) => renderSqlRemarks(request.remarks?.get(operation)) + (texts[position] ?? ""),
  );
  return renderSqlRevision({
    ...head,
    upgrade: parts.slice(0, request.upgrade.length).join(""),
    downgrade: "irreversible" in request.downgrade ? request.downgrade : parts.slice(request.upgrade.length).join(""),
  });
}

async function renderModule({ config }: Environment, head: FileHead, request: RevisionFileRequest): Promise<string> {
  const { upgrade, remarks, downgrade } = request;
  const content = {
    ...head,
    upgrade,
    downgrade,
    ...(remarks && { remarks }),
    folder: request.place.folder,
    convention: config.namingConvention,
  };
  return renderRevision(content, await loadTemplate(config.migrationsFolder));
}

async function writeFile(
  { config, env }: Environment,
  head: FileHead,
  { path, source, known }: { readonly path: string; readonly source: string; readonly known: ReadonlySet<string> },
): Promise<WrittenFile> {
  addRevisionFile(config, { path, revision: head.revision, text: source, replaces: head.replaces, known });
  const { postWriteHooks: hooks } = config;
  if (hooks.length === 0) return { text: source, hooks: [] };
  const { text, reports } = await runHooks({ hooks, path, header: head, folder: dirname(config.path), env });
  return { text, hooks: reports };
}

/**
 * Chooses id, name and text of a new revision; writes nothing.
 *
 * @throws ScriptError when the id or the template is not usable
 */
export async function planRevisionFile(
  environment: Environment,
  { files, graph }: Project,
  request: RevisionFileRequest,
): Promise<PlannedFile> {
  const { config, now, randomId } = environment;
  const { message, place, revisionId, format, notes, replaces = [] } = request;
  const { downRevision, branchLabels, dependsOn, folder } = place;
  const date = now();
  const { idStyle, fileTemplate, slugLength, timezone } = config;
  const { revision, fileName } = planFile({
    message,
    files,
    now: date,
    randomId,
    idStyle,
    fileTemplate,
    slugLength,
    format,
    ...(timezone !== undefined && { timezone }),
    ...(revisionId !== undefined && { revisionId }),
  });
  const path = join(folder, fileName);
  const createDate = formatDate(splitDate(date, timezone));
  const head = { revision, downRevision, branchLabels, dependsOn, replaces, message, createDate, notes };
  const source = await (format === "sql" ? renderSqlFile : renderModule)(environment, head, request);
  const known = new Set(files.map((file) => file.path));
  const heads = [...graph.heads.filter((other) => !downRevision.includes(other)), revision];
  return {
    path,
    revision,
    downRevision,
    heads,
    source,
    write: () => writeFile(environment, head, { path, source, known }),
  };
}
