import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { loadModule } from "./load-module.ts";
import { readRevisionSource } from "./revision-file.ts";
import { readRevisionHeader, type RevisionHeader } from "./revision-header.ts";
import { renderRevisionTexts, type RevisionContent, type RevisionTexts } from "./render/render-revision.ts";

/** What a template gets: what is known of the new revision, and the usual parts of its file as text. */
export interface TemplateContext extends RevisionHeader, RevisionTexts {
  readonly message: string;
  /** As it is written in the comment: `2026-11-22 10:15:00 +01:00`. */
  readonly createDate: string;
  /** What the reader of the file should know. */
  readonly notes: readonly string[];
}

/**
 * The text of a new revision file; `migrations/template.ts` exports one as `render`.
 *
 * @example
 * import type { RevisionTemplate } from "limbeck";
 *
 * export const render: RevisionTemplate = ({ comment, imports, declarations, functions }) => `${comment}
 * ${imports}
 * import { tenants } from "../app/tenants.ts";
 *
 * ${declarations}
 *
 * ${functions}
 * `;
 */
export type RevisionTemplate = (context: TemplateContext) => string;

/** The template that is used unless the migrations folder has one. */
const renderDefaultTemplate: RevisionTemplate = ({ comment, imports, declarations, functions }) =>
  `${comment}\n${imports}\n\n${declarations}\n\n${functions}\n`;

/** A template, and the file it comes from when it is the user's own. */
export interface LoadedTemplate {
  readonly render: RevisionTemplate;
  readonly path?: string;
}

const isTemplate = (value: unknown): value is RevisionTemplate => typeof value === "function";

/**
 * Loads `template.ts` (or .js, .mjs) from the migrations folder; without one, the built-in template is given.
 *
 * @param folder the migrations folder
 * @throws ScriptError when the file can't be loaded or exports no `render`
 */
export async function loadTemplate(folder: string): Promise<LoadedTemplate> {
  const path = ["template.ts", "template.js", "template.mjs"]
    .map((name) => `${folder}/${name}`)
    .find((file) => existsSync(file));
  if (path === undefined) return { render: renderDefaultTemplate };
  const loaded = await loadModule(path, readRevisionSource(path));
  if (!loaded.ok) {
    const { kind, error, ...finding } = loaded.failure;
    throw scriptErrors[kind](finding, error);
  }
  const { render } = loaded.value;
  if (!isTemplate(render)) {
    const exports = Object.keys(loaded.value).join(", ") || "nothing";
    throw scriptErrors.templateBroken({ path, problem: `It exports ${exports}, but no function render.` });
  }
  return { render, path };
}

function runTemplate({ render, path = "" }: LoadedTemplate, context: TemplateContext): string {
  try {
    const text: unknown = render(context);
    if (typeof text === "string") return text;
    throw scriptErrors.templateBroken({
      path,
      problem: `render returned ${text instanceof Promise ? "a promise" : `a ${typeof text}`}, not a text.`,
    });
  } catch (error) {
    if (error instanceof LimbeckError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw scriptErrors.templateBroken({ path, problem: `render threw an error: ${message}` }, error);
  }
}

/** Reads back what a template wrote: a mistake in it must not bring a revision into the wrong place of the history. */
function verifyHeader(text: string, expected: RevisionHeader, path: string): void {
  const { revision, downRevision, branchLabels, dependsOn, replaces } = expected;
  const wanted = {
    revision,
    downRevision: [...downRevision],
    branchLabels: [...branchLabels],
    dependsOn: [...dependsOn],
    replaces: [...replaces],
  };
  try {
    const { header } = readRevisionHeader(text, path);
    if (isDeepStrictEqual(header, wanted)) return;
  } catch (error) {
    const problem = error instanceof LimbeckError ? error.title : String(error);
    throw scriptErrors.templateBroken({ path, problem: `What it wrote can't be read back: ${problem}` }, error);
  }
  throw scriptErrors.templateBroken({
    path,
    problem: "What it wrote declares another revision, downRevision, branchLabels, dependsOn or replaces.",
  });
}

/**
 * The text of a new revision file.
 *
 * @param template from {@link loadTemplate}; default: the built-in one
 * @throws ScriptError when the user's template fails or writes another header
 */
export function renderRevision(
  content: RevisionContent,
  template: LoadedTemplate = { render: renderDefaultTemplate },
): string {
  const { message, createDate, notes, revision, downRevision, branchLabels, dependsOn, replaces } = content;
  const header = { revision, downRevision, branchLabels, dependsOn, replaces };
  const text = runTemplate(template, { ...header, message, createDate, notes, ...renderRevisionTexts(content) });
  verifyHeader(text, header, template.path ?? "the built-in template");
  return text.endsWith("\n") ? text : `${text}\n`;
}
